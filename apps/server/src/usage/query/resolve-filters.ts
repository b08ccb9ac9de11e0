import type { UsageDimension } from "@headcount/contract/usage/query-words";
import { usageDimensions } from "@headcount/contract/usage/query-words";
import type { WorkspaceContext } from "../../platform/context.ts";
import { notFound } from "../../platform/app-error.ts";
import { readClosedAgents } from "../../agents/read-closed-agents.ts";
import { findClosedAgents } from "./find-closed-agents.ts";
import { findClosedRuntimes } from "./find-closed-runtimes.ts";
import { readClosedRuntimes } from "./read-closed-runtimes.ts";
import type { Filter } from "./question.ts";

export type WantedFilters = Readonly<
  Partial<Record<UsageDimension, readonly string[] | undefined>>
>;

type Found = { readonly id: string };

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Stands for what belongs to nothing of that sort. */
const noneWord = "none";
/** Stands for all agents, or runtimes, that are closed to the caller. */
const privateWord = "private";

/**
 * Looks up the names of filters. A name that nothing has lets nothing through; an agent or a runtime
 * that is named by an id and closed to the caller, or unknown, does not exist.
 * @throws not_found
 */
export async function resolveFilters(
  ctx: WorkspaceContext,
  wanted: WantedFilters,
): Promise<readonly Filter[]> {
  const filters = await Promise.all(
    usageDimensions.map(async (dimension): Promise<Filter | null> => {
      const words = wanted[dimension];
      if (words === undefined) return null;
      const named = words.filter((word) => word !== noneWord);
      return {
        dimension,
        values: named.length === 0 ? [] : await valuesOf(ctx, dimension, named),
        none: words.includes(noneWord) ? "included" : "left_out",
      };
    }),
  );
  return filters.filter((filter) => filter !== null);
}

async function valuesOf(
  ctx: WorkspaceContext,
  dimension: UsageDimension,
  words: readonly string[],
): Promise<readonly string[]> {
  switch (dimension) {
    case "agent": {
      const open = await openOnes(await findAgents(ctx, words), words, "agent", (ids) =>
        readClosedAgents(ctx, ids),
      );
      return words.includes(privateWord) ? [...open, ...(await findClosedAgents(ctx))] : open;
    }
    case "runtime": {
      const open = await openOnes(await findRuntimes(ctx, words), words, "runtime", (ids) =>
        readClosedRuntimes(ctx, ids),
      );
      return words.includes(privateWord) ? [...open, ...(await findClosedRuntimes(ctx))] : open;
    }
    case "project":
      return [...uuidsIn(words), ...(await findProjects(ctx, words))];
    case "member":
      return [...uuidsIn(words), ...(await findMembers(ctx, words))];
    case "issue":
      return [...uuidsIn(words), ...(await findIssues(ctx, words))];
    case "provider":
    case "model":
    case "role":
    case "failure_class":
      return words;
  }
}

const uuidsIn = (words: readonly string[]): string[] =>
  words.filter((word) => uuidPattern.test(word)).map((word) => word.toLowerCase());

/** @throws not_found for an id that names nothing that the caller may see */
async function openOnes(
  found: readonly Found[],
  words: readonly string[],
  noun: string,
  readClosed: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<readonly string[]> {
  const closed = await readClosed(found.map((one) => one.id));
  const open = found.filter((one) => !closed.has(one.id));
  const named = new Set(open.map((one) => one.id));
  if (uuidsIn(words).some((id) => !named.has(id))) throw notFound(noun);
  return [...named];
}

/** Also those of which only their usage is left. */
async function findAgents(ctx: WorkspaceContext, words: readonly string[]): Promise<Found[]> {
  const ids = uuidsIn(words);
  return ctx.sql<Found[]>`
    select a.id from agents a
    where a.workspace_id = ${ctx.workspaceId}
      and (a.id = any(${ids}::uuid[]) or a.name = any(${[...words]}::text[]))
    union
    select s.agent_id from usage_series s
    where s.workspace_id = ${ctx.workspaceId} and s.agent_id = any(${ids}::uuid[])`;
}

async function findRuntimes(ctx: WorkspaceContext, words: readonly string[]): Promise<Found[]> {
  const ids = uuidsIn(words);
  const names = [...words];
  return ctx.sql<Found[]>`
    select r.id from runtimes r
    where r.workspace_id = ${ctx.workspaceId} and (r.id = any(${ids}::uuid[])
      or r.custom_name = any(${names}::text[]) or r.machine_name = any(${names}::text[])
      or r.machine_name || ' · ' || r.cli_title = any(${names}::text[]))
    union
    select s.runtime_id from usage_series s
    where s.workspace_id = ${ctx.workspaceId} and s.runtime_id = any(${ids}::uuid[])`;
}

async function findProjects(ctx: WorkspaceContext, words: readonly string[]): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }[]>`
    select id from projects
    where workspace_id = ${ctx.workspaceId} and title = any(${[...words]}::text[])`;
  return rows.map((row) => row.id);
}

/** People who have left are still found by what was booked to them. */
async function findMembers(ctx: WorkspaceContext, words: readonly string[]): Promise<string[]> {
  const rows = await ctx.sql<{ id: string }[]>`
    select u.id from users u
    where (u.name = any(${[...words]}::text[]) or u.email = any(${[...words]}::text[]))
      and (exists (select 1 from members m
          where m.workspace_id = ${ctx.workspaceId} and m.user_id = u.id)
        or exists (select 1 from usage_series s
          where s.workspace_id = ${ctx.workspaceId} and s.member_id = u.id))`;
  return rows.map((row) => row.id);
}

/** By key, with any prefix that the workspace ever had; deleted ones too. */
async function findIssues(ctx: WorkspaceContext, words: readonly string[]): Promise<string[]> {
  const keys = words.flatMap((word) => {
    const [, prefix, number] = /^([A-Z0-9]{1,10})-(\d{1,9})$/.exec(word.toUpperCase()) ?? [];
    return prefix && number ? [{ prefix, number: Number(number) }] : [];
  });
  const rows = await ctx.sql<{ id: string }[]>`
    select i.id from unnest(${keys.map((key) => key.prefix)}::text[],
      ${keys.map((key) => key.number)}::int[]) as key(prefix, number)
    join issue_prefixes p on p.workspace_id = ${ctx.workspaceId} and p.prefix = key.prefix
    join issues i on i.workspace_id = p.workspace_id and i.number = key.number`;
  return rows.map((row) => row.id);
}
