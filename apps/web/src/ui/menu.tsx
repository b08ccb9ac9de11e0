import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Kbd } from "./kbd.tsx";

export const menuLook =
  "motion-float z-50 max-h-[min(420px,var(--radix-popper-available-height,420px))] min-w-44 overflow-y-auto rounded-card bg-raised p-1 shadow-float";

export const menuRowLook =
  "relative flex min-h-(--control) cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-13 text-ink outline-none data-[disabled='']:opacity-45 data-[disabled=true]:opacity-45 data-highlighted:bg-hover data-[selected=true]:bg-hover";

type MenuProps = {
  /** The button that opens it; must be focusable and carry its own label. */
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: "start" | "center" | "end";
  readonly side?: "top" | "right" | "bottom" | "left";
  readonly className?: string;
};

/** Actions behind a button, with full keyboard paths. */
export function Menu({
  trigger,
  children,
  align = "start",
  side = "bottom",
  className,
}: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(menuLook, className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type MenuItemProps = {
  readonly children: ReactNode;
  readonly onSelect?: () => void;
  readonly icon?: ReactNode;
  readonly shortcut?: readonly string[] | undefined;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** Shows whether what the row toggles is on, and keeps the menu open. */
  readonly checked?: boolean;
  /** Renders the only child (a link) as the row. */
  readonly asChild?: boolean;
};

/** One action of a Menu. */
export function MenuItem({
  children,
  onSelect,
  icon,
  shortcut,
  danger = false,
  disabled = false,
  checked,
  asChild = false,
}: MenuItemProps) {
  const look = classNames(
    menuRowLook,
    danger && "text-failed-ink data-highlighted:bg-failed-wash",
    "[&>svg]:text-muted",
  );
  return (
    <Primitive.Item
      className={look}
      disabled={disabled}
      asChild={asChild}
      {...(checked === undefined ? {} : { role: "menuitemcheckbox", "aria-checked": checked })}
      onSelect={(event) => {
        if (checked !== undefined) event.preventDefault();
        onSelect?.();
      }}
    >
      {asChild ? (
        children
      ) : (
        <>
          {icon}
          <span className="grow truncate">{children}</span>
          {shortcut !== undefined && <Kbd keys={shortcut} />}
          {checked === true && <Check size={14} />}
        </>
      )}
    </Primitive.Item>
  );
}

type MenuChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly {
    readonly value: Value;
    readonly label: string;
    readonly icon?: ReactNode;
  }[];
  readonly onChange: (value: Value) => void;
};

/** One of several values inside a Menu. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Primitive.RadioGroup value={value} aria-label={label}>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onChange(option.value)}
          className={menuRowLook}
        >
          {option.icon}
          <span className="grow truncate">{option.label}</span>
          <Primitive.ItemIndicator>
            <Check size={14} />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

type SubMenuProps = {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
};

/** A Menu within a Menu. */
export function SubMenu({ label, icon, children }: SubMenuProps) {
  return (
    <Primitive.Sub>
      <Primitive.SubTrigger
        className={classNames(menuRowLook, "data-[state=open]:bg-hover [&>svg]:text-muted")}
      >
        {icon}
        <span className="grow truncate">{label}</span>
        <ChevronRight size={14} />
      </Primitive.SubTrigger>
      <Primitive.Portal>
        <Primitive.SubContent sideOffset={4} collisionPadding={8} className={menuLook}>
          {children}
        </Primitive.SubContent>
      </Primitive.Portal>
    </Primitive.Sub>
  );
}

/** A quiet heading inside a Menu. */
export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return (
    <Primitive.Label className="px-2 pb-0.5 pt-1.5 text-11 font-medium text-faint">
      {children}
    </Primitive.Label>
  );
}

/** A hairline between groups of a Menu. */
export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
