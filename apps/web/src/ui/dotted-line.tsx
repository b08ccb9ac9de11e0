import type { ReactNode } from "react";

/**
 * Short facts in a row with a middle dot between them. Each fact is one child element. Every fact
 * carries its dot in front, and the one that begins a line has it outside of the box, so that no
 * line begins with a dot.
 */
export function DottedLine({
  className = "",
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <p className={`overflow-hidden ${className}`}>
      <span className="-ms-2.5 flex flex-wrap *:before:inline-block *:before:w-2.5 *:before:text-center *:before:content-['·']">
        {children}
      </span>
    </p>
  );
}
