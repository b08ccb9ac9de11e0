import type { ComponentType, ReactNode } from "react";
import { classNames } from "../ui/class-names.ts";

/** The looks of one row of the sidebar; give it to a Link. */
export const navItemLook =
  "inset-focus group flex h-(--control) items-center gap-2 rounded-control px-2 text-13 text-muted transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink";

type NavItemContentProps = {
  readonly icon: ComponentType;
  readonly label: string;
  /** At the end of the row: a count or a figure. */
  readonly tail?: ReactNode;
};

/** Icon, name and tail of a sidebar row. */
export function NavItemContent({ icon: Icon, label, tail }: NavItemContentProps) {
  return (
    <>
      <Icon />
      <span className="grow truncate">{label}</span>
      {tail !== undefined && <span className="figures text-12 text-faint">{tail}</span>}
    </>
  );
}

type NavGroupProps = {
  readonly label?: string;
  readonly children: ReactNode;
  readonly className?: string;
};

/** Rows that belong together, with a quiet heading. */
export function NavGroup({ label, children, className }: NavGroupProps) {
  return (
    <div role="group" aria-label={label} className={classNames("flex flex-col gap-px", className)}>
      {label !== undefined && (
        <span className="px-2 pb-0.5 pt-3 text-11 font-medium text-faint">{label}</span>
      )}
      {children}
    </div>
  );
}
