import { books } from "@headcount/contract/usage/books-routes";
import { useQuery } from "@tanstack/react-query";
import { asTimePasses } from "../data/as-time-passes.ts";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Tells administrators that figures on this page are not what the ledger says, and how to repair them. */
export function BooksAlarm() {
  const text = useText();
  const workspace = useWorkspace();
  const { data } = useQuery({
    ...query(books.verification, { workspace: workspace.id }),
    enabled: workspace.role !== "member",
    // The comparison runs at night and tells nobody.
    staleTime: 0,
    refetchInterval: asTimePasses,
  });
  const verification = data?.verification ?? null;
  if (verification === null || verification.differences === 0) return null;
  return (
    <div
      role="alert"
      className="flex items-start gap-2.5 rounded-card border border-line px-3 py-2"
    >
      <StateGlyph state="failed" decorative className="mt-0.5 shrink-0" />
      <div className="flex min-w-0 grow flex-col gap-1.5">
        <p>
          <span className="font-medium">
            {text.usage.alarmTitle({ count: verification.differences })}
          </span>{" "}
          <span className="text-muted">{text.usage.alarmHint({ day: verification.fromDay })}</span>
        </p>
        <CommandLine command="headcount usage rebuild" />
      </div>
    </div>
  );
}
