import type postgres from "postgres";
import type { WorkspaceContext } from "../../platform/context.ts";
import { importSubject } from "../ledger/event-id.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import type { RepricingFilter } from "./repricing-filter.ts";

/** A task, or a source of imported usage, in one month: its rows of the ledger lie together. */
export type Subject = {
  /** `YYYY-MM-01` */
  readonly month: string;
  /** First 6 bytes of the ids of its events, as they are written. */
  readonly prefix: string;
};

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId">;

const subjectsPerStatement = 1_000;

/**
 * Subjects that have usage of the models that are asked for, in the order of their rows, in batches
 * with about `limit` rows each.
 */
export async function* walkSubjects(
  ctx: Ctx,
  filter: RepricingFilter,
  { after, limit }: { readonly after: LedgerPlace | null; readonly limit: number },
): AsyncGenerator<readonly Subject[]> {
  const sources = await importedSources(ctx);
  let from: Subject | null =
    after === null ? null : { month: after.month, prefix: prefixOf(after.id) };
  let isIncluded = true;
  for (;;) {
    const start = from === null ? null : { ...from, isIncluded };
    const rows = await readSubjects(ctx, filter, { sources, start });
    yield* inBatches(rows, limit);
    from = rows.at(-1) ?? null;
    isIncluded = false;
    if (rows.length < subjectsPerStatement || from === null) return;
  }
}

type SubjectRow = Subject & {
  /** numeric */
  readonly events: string;
};

function readSubjects(
  { sql, workspaceId }: Ctx,
  filter: RepricingFilter,
  where: {
    readonly sources: readonly string[];
    readonly start: (Subject & { readonly isIncluded: boolean }) | null;
  },
): Promise<SubjectRow[]> {
  const { sources, start } = where;
  const comparison = start?.isIncluded ? sql`>=` : sql`>`;
  return sql<SubjectRow[]>`
    select to_char(month, 'YYYY-MM-DD') as month, prefix, sum(events) as events
    from (
      select m.month, m.events, coalesce(left(m.task_id::text, 13), imported.prefix)
        collate "C" as prefix
      from usage_meters m
      left join unnest(${sources}::text[],
        ${sources.map((source) => prefixOf(importSubject(source)))}::text[])
        as imported(source, prefix) on m.task_id is null and imported.source = m.source
      where m.workspace_id = ${workspaceId} and m.kind = 'usage'
        ${filter.all ? sql`` : sql`and m.unpriced_tokens > 0`}
        ${filter.from === null ? sql`` : sql`and m.last_used_at >= ${filter.from}::timestamptz`}
        ${namedOnly({ sql }, filter)}
    ) as meters
    where ${start === null ? sql`true` : sql`(month, prefix) ${comparison} (${start.month}::date, ${start.prefix})`}
    group by month, prefix order by month, prefix limit ${subjectsPerStatement}`;
}

/** The condition on a meter `m` that its provider and model are those that are asked for. */
export function namedOnly(
  { sql }: Pick<Ctx, "sql">,
  { provider, model }: RepricingFilter,
): postgres.PendingQuery<postgres.Row[]> {
  return sql`
    ${provider === null ? sql`` : sql`and lower(m.provider) = ${provider}`}
    ${model === null ? sql`` : sql`and lower(m.model) = ${model}`}`;
}

function* inBatches(rows: readonly SubjectRow[], limit: number): Generator<readonly Subject[]> {
  let batch: Subject[] = [];
  let events = 0n;
  for (const row of rows) {
    batch.push(row);
    events += BigInt(row.events);
    if (events < BigInt(limit)) continue;
    yield batch;
    batch = [];
    events = 0n;
  }
  if (batch.length > 0) yield batch;
}

async function importedSources({ sql, workspaceId }: Ctx): Promise<string[]> {
  const rows = await sql<{ source: string }[]>`
    select distinct source from usage_meters
    where workspace_id = ${workspaceId} and kind = 'usage' and task_id is null`;
  return rows.map((row) => row.source);
}

/** First 6 bytes of an event id: those of its task, or of what stands for its source. */
function prefixOf(id: string): string {
  return id.slice(0, 13);
}
