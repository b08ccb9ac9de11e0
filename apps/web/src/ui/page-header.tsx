import type { ReactNode } from "react";
import { NavigationButton } from "../shell/navigation-button.tsx";

type PageHeaderProps = {
  readonly title: ReactNode;
  /** Where this page hangs: links, largest first. */
  readonly breadcrumb?: ReactNode;
  /** Beside the title: a count, a state. */
  readonly facts?: ReactNode;
  /** At the end: views, filters, the primary action last. */
  readonly actions?: ReactNode;
};

/** The 48 px bar of every page. On phones it also opens the navigation. */
export function PageHeader({ title, breadcrumb, facts, actions }: PageHeaderProps) {
  return (
    <header className="flex h-(--header) shrink-0 items-center gap-2 border-b border-line px-4 max-tablet:px-2">
      <NavigationButton />
      {breadcrumb}
      <h1 className="min-w-0 truncate text-14 font-semibold">{title}</h1>
      {facts}
      <div className="ms-auto flex shrink-0 items-center gap-1.5">{actions}</div>
    </header>
  );
}
