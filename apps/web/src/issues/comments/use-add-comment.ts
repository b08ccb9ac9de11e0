import type { InputOf } from "@headcount/contract/kit/route";
import { comments } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { useCallback, useRef } from "react";
import { isSilence } from "../../data/is-silence.ts";
import { useCommand } from "../../data/use-command.ts";
import { useChanges } from "../../realtime/use-workspace-feed.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

type NewComment = InputOf<typeof comments.add>;

/**
 * Adds a comment. Where the answer got lost on its way although the comment came through, which its
 * change tells, the answer is asked for again: nothing is said twice by that.
 */
export function useAddComment(issueId: Issue["id"], onSent: () => void) {
  const { id: workspaceId, user } = useWorkspace();
  const cameThrough = useRef(false);
  const command = useCommand(comments.add, {
    onSuccess: onSent,
    onError: (error, input) => {
      if (cameThrough.current && isSilence(error)) send(input);
    },
  });
  const { mutate, error, variables } = command;
  const send = useCallback(
    (input: NewComment) => {
      cameThrough.current = false;
      mutate(input);
    },
    [mutate],
  );
  const onChanges = useCallback(
    (items: readonly ChangeItem[] | "snapshot") => {
      if (items === "snapshot" || !items.some((item) => isOwnComment(item, issueId, user.id))) {
        return;
      }
      cameThrough.current = true;
      if (error !== null && variables !== undefined && isSilence(error)) send(variables);
    },
    [issueId, user.id, error, variables, send],
  );
  useChanges(workspaceId, onChanges);
  return { send, error, isPending: command.isPending };
}

function isOwnComment({ type, data, actor }: ChangeItem, issueId: string, userId: string): boolean {
  return type === "comment.created" && data["issueId"] === issueId && actor.id === userId;
}
