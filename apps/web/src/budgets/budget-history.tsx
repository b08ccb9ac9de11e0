import { budgets } from "@headcount/contract/budgets/routes";
import type { Budget, BudgetEvent } from "@headcount/contract/budgets/schemas";
import type { OutputOf } from "@headcount/contract/kit/route";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../data/api.ts";
import { queryKey } from "../data/query-key.ts";
import type { Catalogue } from "../i18n/catalogue.ts";
import type { Format } from "../i18n/format.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Time } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { amountText } from "./amount-text.ts";

/** Who changed a budget and what it did, newest first. */
export function BudgetHistory({ budget }: { readonly budget: Budget }) {
  const text = useText();
  const format = useFormat();
  const workspace = useWorkspace();
  const input = { workspace: workspace.id, budgetId: budget.id, limit: 20 };
  const pages = useInfiniteQuery({
    queryKey: queryKey(budgets.history, input),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }): Promise<OutputOf<typeof budgets.history>> =>
      api.call(
        budgets.history,
        { ...input, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const events = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section>
      <h3 className="mb-1 text-12 font-medium text-muted">{text.budgets.historyTitle}</h3>
      <ul className="flex flex-col">
        {events.map((event) => (
          <li
            key={event.id}
            className="flex min-h-(--row-dense) items-baseline gap-2 border-b border-line py-1 last:border-b-0"
          >
            <span className="min-w-0 grow">
              <span className="font-medium">{event.actor.name}</span>{" "}
              <span className="text-muted">{whatHappened(event, budget, text, format)}</span>
              {event.note !== "" && <span className="block text-faint">{event.note}</span>}
            </span>
            <Time at={event.at} className="shrink-0 text-faint" />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button
          variant="quiet"
          className="mt-1"
          busy={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {text.budgets.more}
        </Button>
      )}
    </section>
  );
}

function whatHappened(
  event: BudgetEvent,
  { unit }: Pick<Budget, "unit">,
  text: Catalogue,
  format: Format,
): string {
  const { happened } = text.budgets;
  const amount = (value: unknown): string =>
    typeof value === "string" ? amountText(unit, value, text) : "";
  const of = text.budgets.of({ spent: amount(event.spent), limit: amount(event.limit) });
  switch (event.kind) {
    case "created":
      return happened.created;
    case "archived":
      return happened.archived;
    case "raised": {
      const [change] = event.changed;
      return happened.raised({ before: amount(change?.before), after: amount(change?.after) });
    }
    case "updated": {
      const names: Readonly<Record<string, string>> = text.budgets.members;
      const members = event.changed.map(({ member }) => names[member] ?? member);
      return happened.updated({ members: format.list(members) });
    }
    case "threshold":
      return happened.threshold({ percent: event.percent ?? 0, of });
    case "exhausted":
      return happened.exhausted({ of });
    case "stopped":
      return happened.stopped({ count: event.tasks ?? 0 });
    case "lifted":
      return happened.lifted[event.why ?? "changed"];
    case "recounted": {
      const [change] = event.changed;
      return happened.recounted({ before: amount(change?.before), after: amount(change?.after) });
    }
  }
}
