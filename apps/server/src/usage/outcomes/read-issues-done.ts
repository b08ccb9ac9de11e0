import type { WorkspaceContext } from "../../platform/context.ts";
import { firstDone } from "./first-done.ts";
import { readResults, type ResultsRead } from "./read-results.ts";
import type { OutcomesQuestion } from "./read-spend.ts";

/** Issues that were first done in a range and still are, with all that was used on them until then. */
export async function readIssuesDone(
  ctx: WorkspaceContext,
  question: OutcomesQuestion,
): Promise<ResultsRead> {
  const { sql, workspaceId } = ctx;
  const from = new Date(question.range.fromMs);
  return readResults(
    ctx,
    question,
    sql`
      select id, id as issue_id, null::timestamptz as after_at, first_done_at as until_at from (
        select i.id, ${firstDone(ctx)} as first_done_at from issues i
        -- What was done since then has changed since then.
        where i.workspace_id = ${workspaceId} and i.status = 'done' and i.updated_at >= ${from}
      ) as dated
      where first_done_at >= ${from} and first_done_at < ${new Date(question.range.toMs)}`,
  );
}
