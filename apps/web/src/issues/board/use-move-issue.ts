import { issues } from "@headcount/contract/issues/routes";
import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { queryKey } from "../../data/query-key.ts";
import { sendCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { announce } from "../../shell/live-region.tsx";
import { afterFirstPaint } from "../../ui/after-first-paint.ts";
import { showToast } from "../../ui/toast.tsx";
import { askToStart } from "../start/start-dialog-store.ts";
import { describeError } from "../../data/describe-error.ts";
import { findIssue, isSamePlace, moveTarget, upsertIssue, type BoardData } from "./board-data.ts";
import { freezeBoard, releaseBoard } from "./drag-store.ts";
import { useBoardUpdate, type BoardInput } from "./use-board.ts";

/** Where a card goes between two others is worked out by what no card needs to be shown. */
const loadMove = () => import("./move-optimistically.ts");
afterFirstPaint(loadMove);

export type MoveIssue = (issueId: string, status: IssueStatus, index: number) => Promise<void>;

/**
 * Moves a card at once and lets the server confirm or undo it. Taking an agent's issue out of the
 * backlog asks first whether it shall start.
 */
export function useMoveIssue(workspaceId: string, input: BoardInput): MoveIssue {
  const client = useQueryClient();
  const update = useBoardUpdate(input);
  const text = useText();
  return useCallback(
    async (issueId, status, index) => {
      const board = client.getQueryData<BoardData>(queryKey(issues.board, input));
      const issue = board === undefined ? undefined : findIssue(board, issueId);
      if (board === undefined || issue === undefined) return releaseBoard();
      const target = moveTarget(board, issueId, status, index);
      if (isSamePlace(board, issue, target)) return releaseBoard();
      freezeBoard();
      try {
        const { moveOptimistically } = await loadMove();
        update((now) => moveOptimistically(now, issue, target));
        const start = releasesAgent(issue, status) ? await askToStart(issue, status) : noNote;
        if (start === null) return update(() => board);
        const { issue: moved } = await sendCommand(issues.move, {
          workspace: workspaceId,
          issue: issueId,
          ...target,
          start: start.start && start.note === "",
        });
        update((now) => upsertIssue(now, moved));
        if (start.start && start.note !== "") {
          const handoffNote = start.note;
          await sendCommand(issues.start, { workspace: workspaceId, issue: issueId, handoffNote });
        }
        announce(text.issues.moved({ key: issue.key, status: text.states.category[status] }));
      } catch (error) {
        update(() => board);
        const reason = describeError(error, text);
        showToast({
          tone: "failed",
          message: `${text.issues.moveFailed({ key: issue.key })} ${reason}`,
        });
      } finally {
        releaseBoard();
      }
    },
    [client, input, update, text, workspaceId],
  );
}

const noNote = { start: true, note: "" };

function releasesAgent(issue: IssueSummary, status: IssueStatus): boolean {
  const parked = issue.status === "backlog" && status !== "backlog";
  return parked && status !== "done" && status !== "cancelled" && issue.assignee?.type === "agent";
}
