import { useId, type ReactNode } from "react";

type SegmentedProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    /** The label in full, where it is short. */
    readonly title?: string;
    readonly icon?: ReactNode;
  }[];
  readonly onChange: (value: Value) => void;
};

/** A few exclusive views side by side; none of them is chosen where the value is no option's. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: SegmentedProps<Value>) {
  const group = useId();
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className="inline-flex h-(--control) items-center rounded-control border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-full min-w-6 items-center justify-center gap-1.5 rounded-tag px-2 max-phone:px-1.5 text-12 text-muted transition-colors duration-120 hover:text-ink has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-[0_0_0_1px_var(--strong-line)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={group}
            value={option.value}
            aria-label={option.title}
            title={option.title}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 m-0 size-full appearance-none rounded-tag outline-none"
          />
          {option.icon}
          {option.label}
        </label>
      ))}
    </div>
  );
}
