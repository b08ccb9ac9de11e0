import { Input } from "./input.tsx";

type HeaderSearchProps = {
  readonly label: string;
  readonly value: string | undefined;
  /** Undefined when nothing is searched for. */
  readonly onChange: (value: string | undefined) => void;
};

/** Narrows the list of a page by what is typed; phones have no room for it. */
export function HeaderSearch({ label, value, onChange }: HeaderSearchProps) {
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      className="w-40! max-tablet:hidden"
      value={value ?? ""}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}
