import { Switch as Primitive } from "radix-ui";
import { useId } from "react";

type SwitchProps = {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
};

/** A setting that applies at once. */
export function Switch({ label, hint, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <label htmlFor={id} className="min-w-0 grow">
        <span className="block text-13">{label}</span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="block text-12 text-faint">
            {hint}
          </span>
        )}
      </label>
      <Primitive.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="relative h-5 w-8 shrink-0 rounded-full bg-ghost transition-colors duration-120 after:absolute after:-inset-1 data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <Primitive.Thumb className="block size-4 translate-x-0.5 rounded-full bg-white transition-transform duration-120 data-[state=checked]:translate-x-3.5" />
      </Primitive.Root>
    </div>
  );
}
