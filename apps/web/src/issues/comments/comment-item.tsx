import { comments } from "@headcount/contract/issues/routes";
import type { Comment } from "@headcount/contract/issues/schemas";
import { Ellipsis, ScrollText } from "lucide-react";
import { useState } from "react";
import { describeError } from "../../data/describe-error.ts";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { isComposing } from "../../shell/match-keys.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { TallyMark } from "../../ui/tally-mark.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { Time } from "../../ui/time.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { CommentBody } from "./comment-body.tsx";

type CommentItemProps = {
  readonly comment: Comment;
  readonly onOpenTask: (taskId: string) => void;
};

/** One comment: who, for whom, when, and what it says. */
export function CommentItem({ comment, onOpenTask }: CommentItemProps) {
  const text = useText();
  const [editing, setEditing] = useState(false);
  const { author } = comment;
  return (
    <article id={`comment-${comment.id}`} className="group/comment flex gap-2.5 px-3 py-2.5">
      <AuthorMark comment={comment} />
      <div className="min-w-0 grow">
        <header className="flex min-h-5 items-center gap-1.5 text-12">
          <span className="truncate text-13 font-medium">{author.name}</span>
          {comment.onBehalfOf !== null && comment.onBehalfOf.name !== author.name && (
            <span className="truncate text-faint">
              {text.issues.onBehalfOf({ name: comment.onBehalfOf.name })}
            </span>
          )}
          <Time at={comment.createdAt} className="text-faint" />
          {comment.editedAt !== null && <span className="text-faint">· {text.issues.edited}</span>}
          <span className="-my-1 ms-auto flex shrink-0 opacity-0 transition-opacity focus-within:opacity-100 group-hover/comment:opacity-100 pointer-coarse:opacity-100">
            {comment.taskId !== null && (
              <IconButton
                size="small"
                label={text.runs.openTranscript}
                onClick={() => comment.taskId !== null && onOpenTask(comment.taskId)}
              >
                <ScrollText size={14} />
              </IconButton>
            )}
            <CommentMenu comment={comment} onEdit={() => setEditing(true)} />
          </span>
        </header>
        {editing ? (
          <CommentEditor comment={comment} onDone={() => setEditing(false)} />
        ) : (
          <CommentBody body={comment.body} folds={author.type === "agent"} />
        )}
      </div>
    </article>
  );
}

function AuthorMark({ comment }: { readonly comment: Comment }) {
  const { type, id, name } = comment.author;
  if ((type === "agent" || type === "member") && id !== null) {
    return <Avatar actor={{ type, id, name }} size={22} decorative />;
  }
  return <TallyMark size={20} className="shrink-0 text-faint" />;
}

type CommentMenuProps = { readonly comment: Comment; readonly onEdit: () => void };

function CommentMenu({ comment, onEdit }: CommentMenuProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [deleting, setDeleting] = useState(false);
  const own = comment.author.type === "member" && comment.author.id === workspace.user.id;
  const remove = useCommand(comments.delete, {
    onSuccess: () => setDeleting(false),
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  if (!own && workspace.role === "member") return null;
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="small" label={text.common.more}>
            <Ellipsis size={14} />
          </IconButton>
        }
      >
        {own && <MenuItem onSelect={onEdit}>{text.common.edit}</MenuItem>}
        <MenuItem danger onSelect={() => setDeleting(true)}>
          {text.issues.deleteComment}
        </MenuItem>
      </Menu>
      <Dialog
        open={deleting}
        onOpenChange={setDeleting}
        width="narrow"
        title={text.issues.deleteComment}
        description={text.issues.deleteCommentHint}
        footer={
          <>
            <Button variant="quiet" onClick={() => setDeleting(false)}>
              {text.common.cancel}
            </Button>
            <Button
              variant="danger"
              busy={remove.isPending}
              onClick={() => remove.mutate({ workspace: workspace.id, commentId: comment.id })}
            >
              {text.common.delete}
            </Button>
          </>
        }
      >
        <p className="line-clamp-3 text-muted">{comment.body}</p>
      </Dialog>
    </>
  );
}

type CommentEditorProps = { readonly comment: Comment; readonly onDone: () => void };

function CommentEditor({ comment, onDone }: CommentEditorProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [body, setBody] = useState(comment.body);
  const update = useCommand(comments.update, { onSuccess: onDone });
  const save = () =>
    update.mutate({
      workspace: workspace.id,
      commentId: comment.id,
      body,
      expectedRevision: comment.revision,
    });
  return (
    <div className="flex flex-col gap-2 pt-1">
      <Textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the reader has just asked to edit
        autoFocus
        aria-label={text.issues.comment}
        value={body}
        maxLength={100_000}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape" && body === comment.body) onDone();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
        }}
      />
      {update.error !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {describeError(update.error, text)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="quiet" size="small" onClick={onDone}>
          {text.common.cancel}
        </Button>
        <Button
          variant="primary"
          size="small"
          busy={update.isPending}
          disabled={body.trim() === ""}
          onClick={save}
        >
          {text.common.save}
        </Button>
      </div>
    </div>
  );
}
