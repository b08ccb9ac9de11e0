import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { fieldLook } from "./input.tsx";
import { menuLook, menuRowLook } from "./menu.tsx";

export type SelectOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hint?: string;
  readonly disabled?: boolean;
};

type SelectProps<Value extends string> = {
  readonly label: string;
  readonly value: Value | undefined;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly className?: string;
};

/** One of a few values. Beyond a dozen, use a Combobox. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  placeholder,
  id,
  disabled = false,
  className,
}: SelectProps<Value>) {
  const choose = (chosen: string) => {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <Primitive.Root value={value ?? ""} onValueChange={choose} disabled={disabled}>
      <Primitive.Trigger
        id={id}
        aria-label={label}
        className={classNames(
          fieldLook,
          "inline-flex h-(--control) items-center justify-between gap-2 px-2 text-start text-13! data-placeholder:text-faint",
          className,
        )}
      >
        <span className="flex min-w-0 items-center gap-2 truncate">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown className="shrink-0 text-faint" size={14} />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={classNames(menuLook, "min-w-(--radix-select-trigger-width)")}
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={menuRowLook}
              >
                <Primitive.ItemText>
                  <span className="inline-flex items-center gap-2">
                    {option.icon}
                    {option.label}
                  </span>
                </Primitive.ItemText>
                {option.hint !== undefined && (
                  <span className="text-12 text-faint">{option.hint}</span>
                )}
                <Primitive.ItemIndicator className="ms-auto ps-3">
                  <Check size={14} />
                </Primitive.ItemIndicator>
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
