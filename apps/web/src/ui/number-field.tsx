import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

type NumberFieldProps = {
  readonly label: string;
  readonly hint: string;
  /** What is wrong with the value; null when nothing is. */
  readonly error: string | null;
  readonly disabled: boolean;
  /** As it is typed: it may not be a number yet. */
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** A labelled whole number of a few digits, without the arrows that browsers add. */
export function NumberField({ disabled, value, onChange, ...field }: NumberFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          disabled={disabled}
          className="figures max-w-28"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
