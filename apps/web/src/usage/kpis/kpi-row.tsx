import type { UsageFigure, UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import { changeOf } from "@headcount/domain/usage/chart/change-of";
import { useText } from "../../i18n/use-text.ts";
import { useFormat } from "../../i18n/use-format.ts";
import type { UsageMeasure } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import { figureText, FigureOf } from "../figure-of.tsx";
import { ComparedWith } from "./compared-with.tsx";
import { KpiTile } from "./kpi-tile.tsx";
import type { Kpis } from "./use-kpis.ts";

type Tile = {
  readonly metric: UsageMetric;
  /** What the tasks behind it are listed by. */
  readonly measure: UsageMeasure;
  readonly label: string;
  readonly note: string | null;
};

type KpiRowProps = {
  readonly kpis: Kpis;
  readonly reply: UsageQueryReply;
  readonly view: UsageView;
};

/** What the period came to: each figure with its change and its course. */
export function KpiRow({ kpis, reply, view }: KpiRowProps) {
  const text = useText();
  const tiles = useTiles(reply, kpis.before);
  const comparable = kpis.before !== undefined && !isNothing(kpis.before);
  return (
    <section aria-label={text.usage.dashboard.kpis} className="flex flex-col gap-1.5">
      <div className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line tablet:grid-cols-3 desk:auto-cols-fr desk:grid-flow-col desk:grid-cols-none max-tablet:[&>:last-child:nth-child(odd)]:col-span-2 tablet:max-desk:[&>:last-child:nth-child(3n+1)]:col-span-3 tablet:max-desk:[&>:last-child:nth-child(3n+2)]:col-span-2">
        {tiles.map(({ metric, measure, label, note }) => {
          const figure = reply.totals[metric] ?? null;
          const before = kpis.before === undefined ? undefined : (kpis.before[metric] ?? null);
          return (
            <KpiTile
              key={metric}
              label={label}
              figure={<FigureOf metric={metric} figure={figure} />}
              note={note}
              change={comparable && before !== undefined ? changeOf(figure, before) : null}
              before={figureText(metric, before ?? 0, text.figures)}
              course={reply.rows.map((row) => Number(row.metrics[metric] ?? 0))}
              courseLabel={text.usage.dashboard.course({ label })}
              lastIsPartial={reply.times.at(-1)?.partial ?? false}
              hint={text.usage.dashboard.openTasks}
              onOpen={() => view.drill({ measure, of: [] })}
            />
          );
        })}
      </div>
      {kpis.period !== null && (
        <ComparedWith
          period={kpis.period}
          tz={view.question.tz}
          found={kpis.before === undefined || comparable ? "something" : "nothing"}
        />
      )}
    </section>
  );
}

/** Everything is new then; one sentence says so instead of every tile. */
function isNothing({ events, tasks }: UsageQueryReply["totals"]): boolean {
  return Number(events ?? 0) === 0 && Number(tasks ?? 0) === 0;
}

function useTiles(
  { totals }: UsageQueryReply,
  before: UsageQueryReply["totals"] | undefined,
): readonly Tile[] {
  const text = useText();
  const format = useFormat();
  const words = text.usage.dashboard;
  const number = (figure: UsageFigure | undefined): number => Number(figure ?? 0);
  const unpriced = number(totals.unpriced_tokens) > 0 && totals.cost !== null;
  const read = number(totals.input) + number(totals.cache_read);
  const share = (part: UsageFigure | undefined, whole: number): string | null =>
    whole === 0 ? null : format.percent(number(part) / whole);
  const done = share(totals.tasks_done, number(totals.tasks));
  const cached = share(totals.cache_read, read);
  const hasNotional = number(totals.notional) > 0 || number(before?.notional) > 0;
  return [
    {
      metric: "cost",
      measure: "cost",
      label: words.billed,
      note: unpriced ? text.usage.costOfPriced : null,
    },
    ...(hasNotional
      ? [
          {
            metric: "notional",
            measure: "cost",
            label: words.notional,
            note: words.notionalNote,
          } as const,
        ]
      : []),
    { metric: "tokens", measure: "tokens", label: text.usage.tokens, note: null },
    { metric: "run_time", measure: "time", label: words.runTime, note: null },
    {
      metric: "tasks",
      measure: "tasks",
      label: text.usage.tasks,
      note: done && words.doneShare({ share: done }),
    },
    {
      metric: "cache_savings",
      measure: "cost",
      label: words.cacheSavings,
      note: cached && words.cacheShare({ share: cached }),
    },
  ];
}
