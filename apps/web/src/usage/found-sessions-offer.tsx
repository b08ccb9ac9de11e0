import { runtimes } from "@headcount/contract/runtimes/routes";
import type { FoundSessions, Runtime } from "@headcount/contract/runtimes/schemas";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { groupByMachine } from "../runtimes/group-by-machine.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { type FoundSpan, foundSpan } from "./found-span.ts";

type Found = Runtime & { readonly foundSessions: FoundSessions };

/** Earlier sessions of the viewer's own machines, with the command that brings them in. */
export function FoundSessionsOffer() {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(runtimes.list, { workspace: workspace.id, owner: "me" }));
  const machines = groupByMachine(list.data?.items ?? []).flatMap((machine) => {
    const found = machine.runtimes.filter(hasFound);
    return found.length === 0 ? [] : [{ ...machine, found: mostFirst(found) }];
  });
  if (machines.length === 0) return null;
  return (
    <section className="motion-fade flex w-full flex-col gap-4 rounded-card border border-line bg-raised px-4 py-3.5">
      {machines.map(({ daemonId, freshest: { machineName }, found }) => (
        <div key={daemonId} className="flex flex-col gap-1.5">
          <ul className="flex flex-col gap-0.5">
            {found.map(({ id, cliTitle, foundSessions: { firstDay, lastDay } }) => (
              <li key={id} className="text-13 font-medium">
                {text.usage.foundTitle({
                  span: spanText(text.usage.foundSpans, foundSpan(firstDay, lastDay)),
                  program: cliTitle,
                  machine: machineName,
                })}
              </li>
            ))}
          </ul>
          <span className="text-12 text-faint">
            {text.usage.foundRun({ machine: machineName })}
          </span>
          <CommandLine command={importCommand(found)} />
        </div>
      ))}
      <p className="text-12 text-muted">{text.usage.foundHint}</p>
    </section>
  );
}

type SpanTexts = Readonly<Record<FoundSpan["unit"], (span: { count: number }) => string>>;

function spanText(texts: SpanTexts, { count, unit }: FoundSpan): string {
  return texts[unit]({ count });
}

function hasFound(runtime: Runtime): runtime is Found {
  return runtime.foundSessions !== null;
}

function mostFirst(found: readonly Found[]): readonly Found[] {
  return found.toSorted((a, b) => b.foundSessions.sessions - a.foundSessions.sessions);
}

function importCommand(found: readonly Found[]): string {
  const [first, ...others] = found;
  const only = first !== undefined && others.length === 0 ? ` ${first.cli}` : "";
  return `headcount usage import${only}`;
}
