import type { WorkspaceContext } from "../../platform/context.ts";
import { readResults, type ResultsRead } from "./read-results.ts";
import type { OutcomesQuestion } from "./read-spend.ts";

/**
 * Pull requests that were merged in a range, with what was used on the issues that they are linked
 * to: the work that began before the merge, and not before that of an earlier one of the same issue.
 */
export async function readPullRequestsMerged(
  ctx: WorkspaceContext,
  question: OutcomesQuestion,
): Promise<ResultsRead> {
  const { sql, workspaceId } = ctx;
  const { fromMs, toMs } = question.range;
  return readResults(
    ctx,
    question,
    sql`
      select m.id, l.issue_id, earlier.after_at, m.merged_at as until_at
      from pull_requests m
      join pull_request_issues l on l.workspace_id = ${workspaceId} and l.pull_request_id = m.id
        and l.how = 'linked'
      cross join lateral (
        select max(e.merged_at) as after_at
        from pull_request_issues o
        join pull_requests e on e.workspace_id = ${workspaceId} and e.id = o.pull_request_id
        where o.workspace_id = ${workspaceId} and o.issue_id = l.issue_id and o.how = 'linked'
          and (e.merged_at, e.id) < (m.merged_at, m.id)) as earlier
      where m.workspace_id = ${workspaceId}
        and m.merged_at >= ${new Date(fromMs)} and m.merged_at < ${new Date(toMs)}`,
  );
}
