import { comments } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { Check, CornerDownRight, RotateCcw } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { CommentItem } from "./comment-item.tsx";
import { Composer } from "./composer.tsx";
import type { Thread } from "./threads.ts";

type ThreadBlockProps = {
  readonly issue: Issue;
  readonly thread: Thread;
  readonly onOpenTask: (taskId: string) => void;
};

/** A comment with its replies; a resolved thread is folded to one line. */
export function ThreadBlock({ issue, thread, onOpenTask }: ThreadBlockProps) {
  const text = useText();
  const workspace = useWorkspace();
  const { root, replies } = thread;
  const [unfolded, setUnfolded] = useState(false);
  const [replying, setReplying] = useState(false);
  const resolve = useCommand(comments.resolve);
  const resolved = root.resolvedAt !== null;
  const setResolved = (next: boolean) =>
    resolve.mutate({ workspace: workspace.id, commentId: root.id, resolved: next });
  if (resolved && !unfolded) {
    return (
      <button
        type="button"
        onClick={() => setUnfolded(true)}
        className="flex min-h-9 w-full min-w-0 items-center gap-2 rounded-card border border-line px-3 text-start text-12 text-muted hover:bg-hover"
      >
        <Chip tone="done" icon={<Check size={10} />}>
          {text.issues.resolved}
        </Chip>
        <span className="min-w-0 grow truncate">
          {root.author.name}: {root.body}
        </span>
        <span className="shrink-0 text-faint">
          {text.issues.showResolved({ count: replies.length + 1 })}
        </span>
      </button>
    );
  }
  return (
    <section className="divide-y divide-line rounded-card border border-line bg-raised">
      <CommentItem comment={root} onOpenTask={onOpenTask} />
      {replies.map((reply) => (
        <CommentItem key={reply.id} comment={reply} onOpenTask={onOpenTask} />
      ))}
      <footer className="flex flex-col gap-2 p-1.5">
        {replying ? (
          <Composer issue={issue} parentId={root.id} takesFocus onSent={() => setReplying(false)} />
        ) : (
          <div className="flex items-center gap-1">
            <Button
              variant="quiet"
              size="small"
              icon={<CornerDownRight size={13} />}
              onClick={() => setReplying(true)}
            >
              {text.issues.reply}
            </Button>
            <Button
              variant="quiet"
              size="small"
              className="ms-auto"
              icon={resolved ? <RotateCcw size={13} /> : <Check size={13} />}
              busy={resolve.isPending}
              onClick={() => setResolved(!resolved)}
            >
              {resolved ? text.issues.reopen : text.issues.resolve}
            </Button>
          </div>
        )}
      </footer>
    </section>
  );
}
