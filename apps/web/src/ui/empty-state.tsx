import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { CommandLine } from "./command-line.tsx";

type EmptyStateProps = {
  /** What this place is for, in one sentence. */
  readonly title: string;
  readonly hint?: string;
  /** The one thing to do about it. */
  readonly action?: ReactNode;
  /** The same from a terminal. */
  readonly command?: string;
  /** A small drawing of what will be here, made of the real shapes. */
  readonly picture?: ReactNode;
};

/** A page or panel without content yet; it teaches instead of apologising. */
export function EmptyState({ title, hint, action, command, picture }: EmptyStateProps) {
  const text = useText();
  return (
    <div className="grid h-full min-h-64 place-items-center px-6 py-10">
      <div className="flex w-full max-w-90 flex-col items-start gap-3">
        {picture !== undefined && <div aria-hidden="true">{picture}</div>}
        <div>
          <h2 className="text-14 font-semibold">{title}</h2>
          {hint !== undefined && <p className="mt-1 text-13 text-muted">{hint}</p>}
        </div>
        {action}
        {command !== undefined && (
          <div className="flex w-full flex-col gap-1">
            <span className="text-11 text-faint">{text.common.fromTheTerminal}</span>
            <CommandLine command={command} />
          </div>
        )}
      </div>
    </div>
  );
}
