import { makeClient } from "@headcount/client/make-client";
import { issues } from "@headcount/contract/issues/routes";
import { books as booksRoutes } from "@headcount/contract/usage/books-routes";
import { usage } from "@headcount/contract/usage/routes";
import { percentile } from "../lib/figures.ts";
import type { Fleet } from "./fleet.ts";
import { largeIssues } from "./make-history.ts";
import type { Books } from "./open-books.ts";

type Large = { readonly id: string; readonly projectId: string; readonly events: number };

export type Acts = {
  /** Moving an issue to another project, over HTTP. */
  readonly moveP95Ms: number;
  /** Events of the issues that were moved, on average. */
  readonly eventsMoved: number;
  readonly deleteP95Ms: number;
  /** Comparing everything of a small workspace with its ledger. */
  readonly verifySmallMs: number;
  readonly verifiedEvents: number;
  /** The same of a month of the busiest workspace. */
  readonly verifyMonthMs: number;
  readonly eventsOfMonth: number;
  /** Repairing a month of the busiest workspace whose sums were lost. */
  readonly rebuildMonthMs: number;
  readonly repairedRows: number;
};

/** What people do to the books, over HTTP. @throws when the books are not what the ledger says */
export async function measureActs(books: Books, fleet: Fleet): Promise<Acts> {
  const { hot } = fleet;
  const token = fleet.ownerToken;
  const timeoutMs = 600_000;
  const client = makeClient({ baseUrl: books.url, token, clientName: "bench", timeoutMs });
  const large = await books.owner<Large[]>`
    select i.id, i.project_id as "projectId", sum(m.events)::int as events
    from issues i join usage_meters m on m.workspace_id = i.workspace_id and m.issue_id = i.id
    where i.workspace_id = ${hot.id} and i.number <= ${largeIssues} group by 1, 2 order by 1`;
  const workspace = hot.slug;
  const moves: number[] = [];
  for (const { id: issue, projectId } of large) {
    const target = hot.projectIds.find((id) => id !== projectId) ?? null;
    moves.push(
      await timed(() => client.call(issues.update, { workspace, issue, projectId: target })),
    );
  }
  const deletes: number[] = [];
  for (const { id: issue } of large.slice(0, largeIssues / 2)) {
    deletes.push(await timed(() => client.call(issues.delete, { workspace, issue })));
  }
  const small = fleet.workspaces.at(-1) ?? hot;
  const month = { from: daysAgo(40), to: daysAgo(10) };
  const verify = async (slug: string, part: Partial<typeof month> = {}): Promise<number> => {
    const compared = await client.call(usage.verify, { workspace: slug, ...part });
    const { differences, ledgerEvents } = compared;
    if (differences.length === 0) return ledgerEvents;
    throw new Error(`${slug} differs from its ledger: ${JSON.stringify(differences.slice(0, 3))}`);
  };
  let verifiedEvents = 0;
  let eventsOfMonth = 0;
  const verifySmallMs = await timed(async () => {
    verifiedEvents = await verify(small.slug);
  });
  const verifyMonthMs = await timed(async () => {
    eventsOfMonth = await verify(workspace, month);
  });
  await books.owner`
    delete from usage_rollups where workspace_id = ${hot.id} and bucket_at >= ${month.from}::date
      and bucket_at < ${month.to}::date`;
  let repairedRows = 0;
  const rebuildMonthMs = await timed(async () => {
    const rebuilt = await client.call(booksRoutes.rebuild, { workspace, ...month });
    repairedRows = rebuilt.repaired;
  });
  await verify(workspace, month);
  return {
    moveP95Ms: percentile(moves, 0.95),
    eventsMoved: large.reduce((sum, { events }) => sum + events, 0) / large.length,
    deleteP95Ms: percentile(deletes, 0.95),
    verifySmallMs,
    verifiedEvents,
    verifyMonthMs,
    eventsOfMonth,
    rebuildMonthMs,
    repairedRows,
  };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
