import { issues } from "@headcount/contract/issues/routes";
import type { Issue, IssueSummary } from "@headcount/contract/issues/schemas";
import type { InputOf } from "@headcount/contract/kit/route";
import { queryKey } from "../data/query-key.ts";
import { queryClient } from "../data/query-client.ts";
import { sendCommand } from "../data/use-command.ts";
import { upsertIssue, type BoardData } from "./board/board-data.ts";

export type IssueUpdate = Omit<InputOf<typeof issues.update>, "workspace" | "issue">;

/** Changes an issue and puts the answer into every board and page that shows it. */
export async function updateIssue(
  workspaceId: string,
  issue: Pick<IssueSummary, "id">,
  changes: IssueUpdate,
): Promise<Issue> {
  const reply = await sendCommand(issues.update, {
    workspace: workspaceId,
    issue: issue.id,
    ...changes,
  });
  showIssue(workspaceId, reply.issue);
  return reply.issue;
}

/** Puts an issue that a write returned into the cache. */
export function showIssue(workspaceId: string, issue: Issue): void {
  for (const path of [issue.id, issue.key]) {
    queryClient.setQueryData(queryKey(issues.get, { workspace: workspaceId, issue: path }), issue);
  }
  queryClient.setQueriesData<BoardData>({ queryKey: [issues.board.name, workspaceId] }, (board) =>
    board === undefined ? board : upsertIssue(board, issue),
  );
}
