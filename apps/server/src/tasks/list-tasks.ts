import { z } from "zod";
import { issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { resolveIssueId } from "../issues/read-issue.ts";
import { query } from "../platform/command.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../platform/cursor.ts";
import { readAudience } from "./read-audience.ts";
import { getTask, readTasks } from "./read-tasks.ts";

export const getTaskQuery = query(tasks.get, (ctx, input) => getTask(ctx, input.taskId));

/** Newest first. Ids are minted in order of time, so they are the order and the cursor. */
export const listTasks = query(tasks.list, async (ctx, input) => {
  const { sql } = ctx;
  const audience = await readAudience(ctx);
  const after = decodeCursor(input.cursor, z.object({ id: cursorValue.id }));
  const where = sql`
    and t.agent_id = any(${audience.agentIds}::uuid[])
    ${input.agentId ? sql`and t.agent_id = ${input.agentId}` : sql``}
    ${input.issueId ? sql`and t.issue_id = ${input.issueId}` : sql``}
    ${input.runtimeId ? sql`and t.runtime_id = ${input.runtimeId}` : sql``}
    ${input.status ? sql`and t.status = any(${input.status})` : sql``}
    ${after ? sql`and t.id < ${after.id}` : sql``}`;
  const order = sql`order by t.id desc limit ${input.limit + 1}`;
  const found = await readTasks(ctx, { where, order }, audience);
  const items = found.slice(0, input.limit);
  const last = items.at(-1);
  const nextCursor = found.length > input.limit && last ? encodeCursor({ id: last.id }) : null;
  return { items, nextCursor };
});

/** The execution log of an issue: unfinished tasks first, then the newest. Others' private runs are masked. */
export const listIssueTasks = query(issues.tasks, async (ctx, input) => {
  const { sql } = ctx;
  const issueId = await resolveIssueId(ctx, input.issue);
  const ended = sql`(t.ended_at is not null)::int`;
  const after = decodeCursor(
    input.cursor,
    z.object({ ended: cursorValue.flag, id: cursorValue.id }),
  );
  const past = after
    ? sql`and (${ended} > ${after.ended} or (${ended} = ${after.ended} and t.id < ${after.id}))`
    : sql``;
  const found = await readTasks(ctx, {
    where: sql`and t.issue_id = ${issueId} ${past}`,
    order: sql`order by ${ended}, t.id desc limit ${input.limit + 1}`,
  });
  const items = found.slice(0, input.limit);
  const last = items.at(-1);
  if (found.length <= input.limit || !last) return { items, nextCursor: null };
  const place = { ended: last.endedAt === null ? 0 : 1, id: last.id };
  return { items, nextCursor: encodeCursor(place) };
});
