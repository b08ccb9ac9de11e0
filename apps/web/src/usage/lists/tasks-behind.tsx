import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { TaskSharesReply } from "@headcount/contract/usage/task-share-schemas";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { Download, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { api } from "../../data/api.ts";
import { QueryError } from "../../data/query-error.tsx";
import { queryKey } from "../../data/query-key.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { focusContent } from "../../ui/focus-content.ts";
import { returnFocus } from "../../ui/focus-memory.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Tooltip } from "../../ui/tooltip.tsx";
import type { UsageDrill } from "../usage-search.ts";
import type { UsageView } from "../usage-view.ts";
import { type DrillQuestion, drillMetrics, drillQuestion } from "./drill-question.ts";
import { TaskShareTable } from "./task-share-table.tsx";
import { useDrillNames } from "./use-drill-names.ts";

type TasksBehindProps = { readonly view: UsageView; readonly drill: UsageDrill };

/** The tasks behind a figure of the usage page; their rows add up to it exactly. */
export function TasksBehind({ view, drill }: TasksBehindProps) {
  const text = useText();
  const { behind } = text.usageLists;
  const shown = {
    measure: view.search.measure ?? "tokens",
    money: view.search.money === "notional" ? ("notional" as const) : ("cost" as const),
  };
  const question = drillQuestion(view.question, drill, shown);
  const names = useDrillNames(view.question, drill);
  const title = names.length === 0 ? behind.everything : names.join(" · ");
  const close = () => view.drill(undefined);
  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={focusContent}
          onCloseAutoFocus={returnFocus}
          className="motion-drawer-right fixed inset-y-0 right-0 z-50 flex w-full flex-col bg-ground pb-[env(safe-area-inset-bottom)] shadow-float outline-none tablet:w-[min(760px,88vw)]"
        >
          <header className="flex h-(--header) shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
            <div className="flex min-w-0 items-baseline gap-2">
              <Dialog.Title className="truncate text-14 font-semibold">{title}</Dialog.Title>
              <span className="shrink-0 text-12 text-faint max-tablet:hidden">{behind.title}</span>
            </div>
            <span className="ms-auto flex shrink-0 items-center gap-1">
              <CsvLink question={question} />
              <IconButton label={text.common.close} onClick={close}>
                <X />
              </IconButton>
            </span>
          </header>
          <Shares question={question} metrics={drillMetrics(drill, shown)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type SharesProps = {
  readonly question: DrillQuestion;
  readonly metrics: ReturnType<typeof drillMetrics>;
};

const pageRows = 50;

function Shares({ question, metrics }: SharesProps) {
  const text = useText();
  const { behind } = text.usageLists;
  const shares = useInfiniteQuery(sharesOf(question));
  const pages = shares.data?.pages ?? [];
  const last = pages.at(-1);
  if (shares.isError && last === undefined) {
    return <QueryError error={shares.error} onRetry={() => void shares.refetch()} />;
  }
  if (last === undefined) return <SharesSkeleton />;
  if (last.rowCount === 0) {
    return <p className="grid grow place-items-center p-6 text-13 text-faint">{behind.nothing}</p>;
  }
  const items = pages.flatMap((page) => page.items);
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <Range reply={last} />
      <TaskShareTable
        items={items}
        metrics={metrics}
        totals={last.totals}
        rest={{ count: last.rowCount - items.length, figures: last.rest }}
        onMore={shares.hasNextPage ? () => void shares.fetchNextPage() : null}
      />
    </div>
  );
}

/** Below this, the ends of a range are told apart by their seconds. */
const hourMs = 60 * 60_000;

function Range({ reply }: { readonly reply: TaskSharesReply }) {
  const text = useText();
  const format = useFormat();
  const { behind } = text.usageLists;
  const isShort = Date.parse(reply.to) - Date.parse(reply.from) < hourMs;
  const at = (instant: string): string => {
    const date = new Date(instant);
    return isShort ? format.full(date) : `${format.date(date)} ${format.time(date)}`;
  };
  return (
    <p className="flex flex-wrap gap-x-3 px-4 py-2 text-12 text-faint">
      <span className="figures">{behind.range({ from: at(reply.from), to: at(reply.to) })}</span>
      <span>{behind.count({ count: reply.rowCount })}</span>
      <span>{behind.sums}</span>
    </p>
  );
}

/** Pages of one question; the sums of each are those of the moment at which it was read. */
function sharesOf(question: DrillQuestion) {
  const input = { ...question, limit: pageRows };
  return infiniteQueryOptions({
    queryKey: queryKey(usageQueries.tasks, input),
    queryFn: ({ pageParam, signal }) =>
      api.call(
        usageQueries.tasks,
        { ...input, ...(pageParam === null ? {} : { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: TaskSharesReply) => page.nextCursor,
  });
}

/** The server's own table of the same question: every row that a file should hold. */
const csvRows = 10_000;

function CsvLink({ question }: { readonly question: DrillQuestion }) {
  const text = useText();
  const { workspace, ...asked } = question;
  const parameters = new URLSearchParams({ format: "csv", limit: String(csvRows) });
  for (const [name, value] of Object.entries(asked)) parameters.set(name, String(value));
  return (
    <Tooltip text={text.usageLists.behind.csv}>
      <a
        href={`/api/w/${workspace}/usage/tasks?${parameters}`}
        download
        aria-label={text.usageLists.behind.csv}
        className="inline-grid size-(--control) place-items-center rounded-control text-muted transition-colors duration-120 hover:bg-hover hover:text-ink"
      >
        <Download size={16} />
      </a>
    </Tooltip>
  );
}

const skeletonRows = 8;

function SharesSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      {Array.from({ length: skeletonRows }, (_, index) => (
        <Skeleton key={index} className="h-4 w-full" />
      ))}
    </div>
  );
}
