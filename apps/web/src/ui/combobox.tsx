import { Command } from "cmdk";
import { Check } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { menuRowLook } from "./menu.tsx";
import { Popover } from "./popover.tsx";

export type ComboboxOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hint?: ReactNode;
  /** Further words that find this option. */
  readonly keywords?: readonly string[];
  readonly group?: string;
  readonly disabled?: boolean;
};

type ComboboxProps<Value extends string> = {
  readonly label: string;
  readonly trigger: ReactNode;
  readonly value: Value | null;
  readonly options: readonly ComboboxOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly align?: "start" | "center" | "end";
};

/** One of many values, found by typing. The trigger shows the current one. */
export function Combobox<Value extends string>({
  label,
  trigger,
  value,
  options,
  onChange,
  open,
  onOpenChange,
  align = "start",
}: ComboboxProps<Value>) {
  const text = useText();
  const [innerOpen, setInnerOpen] = useState(false);
  const isOpen = open ?? innerOpen;
  const setOpen = (next: boolean) => {
    setInnerOpen(next);
    onOpenChange?.(next);
  };
  const choose = (option: ComboboxOption<Value>) => {
    setOpen(false);
    onChange(option.value);
  };
  const groups = [...new Set(options.map((option) => option.group ?? ""))];
  return (
    <Popover
      label={label}
      trigger={trigger}
      open={isOpen}
      onOpenChange={setOpen}
      align={align}
      className="w-64 p-0!"
    >
      <Command label={label} loop>
        <Command.Input
          placeholder={label}
          className="field-text h-9 w-full border-b border-line bg-transparent px-3 outline-none"
        />
        <Command.List className="max-h-72 overflow-y-auto p-1">
          <Command.Empty className="px-2 py-3 text-12 text-faint">
            {text.common.noMatches}
          </Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group}
              heading={group || undefined}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pb-0.5 [&_[cmdk-group-heading]]:pt-1.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
            >
              {options
                .filter((option) => (option.group ?? "") === group)
                .map((option) => (
                  <Command.Item
                    key={option.value}
                    value={option.value}
                    keywords={[option.label, ...(option.keywords ?? [])]}
                    disabled={option.disabled ?? false}
                    onSelect={() => choose(option)}
                    className={menuRowLook}
                  >
                    {option.icon}
                    <span className="grow truncate">{option.label}</span>
                    {option.hint !== undefined && (
                      <span className="shrink-0 text-12 text-faint">{option.hint}</span>
                    )}
                    {option.value === value && <Check size={14} />}
                  </Command.Item>
                ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Popover>
  );
}
