import { Check } from "lucide-react";
import { Checkbox as Primitive } from "radix-ui";
import { useId } from "react";

type CheckboxProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
};

/** A yes or no that is sent with the rest of its form. */
export function Checkbox({ label, checked, onChange, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex min-h-6 items-center gap-2">
      <Primitive.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled}
        className="relative grid size-4 shrink-0 place-items-center rounded-tag border border-strong-line bg-raised text-on-accent transition-colors duration-120 after:absolute after:-inset-1.5 data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50"
      >
        <Primitive.Indicator>
          <Check size={12} strokeWidth={2.5} />
        </Primitive.Indicator>
      </Primitive.Root>
      <label htmlFor={id} className="text-13">
        {label}
      </label>
    </div>
  );
}
