import type { LucideIcon } from "lucide-react";
import { Button, type ButtonVariant } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";

type HeaderActionProps = {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly variant?: ButtonVariant;
  readonly onClick: () => void;
};

/** What can be done on a page, in its header: a button, on a phone its picture only. */
export function HeaderAction({ label, icon: Icon, variant, onClick }: HeaderActionProps) {
  return (
    <>
      <Button
        {...(variant === undefined ? {} : { variant })}
        icon={<Icon size={14} />}
        className="max-tablet:hidden"
        onClick={onClick}
      >
        {label}
      </Button>
      <IconButton label={label} className="tablet:hidden" onClick={onClick}>
        <Icon />
      </IconButton>
    </>
  );
}
