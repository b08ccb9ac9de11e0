import { comments } from "@headcount/contract/issues/routes";
import type { Comment, Issue } from "@headcount/contract/issues/schemas";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import { describeError } from "../../data/describe-error.ts";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { isComposing } from "../../shell/match-keys.ts";
import { Button } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { useDebounced } from "../../ui/use-debounced.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { TriggerChips } from "../trigger-chips.tsx";
import {
  loadCommentDraft,
  storeCommentDraft,
  unsentOf,
  type CommentDraft,
} from "./comment-draft.ts";
import { mentionOptionId, MentionList } from "./mention-list.tsx";
import { mentionBeingTyped, withMentionLinks, type PickedMention } from "./mention-text.ts";
import { useAddComment } from "./use-add-comment.ts";
import { useMentionChoices } from "./use-mention-choices.ts";

type ComposerProps = {
  readonly issue: Pick<Issue, "id">;
  readonly parentId: Comment["id"] | null;
  readonly onSent?: () => void;
  /** Set where the reader has just asked to write here. */
  readonly takesFocus?: boolean;
};

const previewRestMs = 250;

/**
 * Writes a comment or reply and shows, while typing, whom it wakes. The text stays until the
 * server has it; the focus stays after sending.
 */
export function Composer({ issue, parentId, onSent, takesFocus = false }: ComposerProps) {
  const text = useText();
  const workspace = useWorkspace();
  const place = `${issue.id}.${parentId ?? "root"}`;
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [draft, setDraft] = useState<CommentDraft>(() => loadCommentDraft(place));
  const [suppressed, setSuppressed] = useState<ReadonlySet<string>>(new Set());
  const [caret, setCaret] = useState(0);
  const [highlighted, setHighlighted] = useState(0);
  const [dismissedAt, setDismissedAt] = useState<number | null>(null);
  useEffect(() => storeCommentDraft(place, draft), [place, draft]);

  const body = withMentionLinks(draft.typed, draft.picked).trim();
  const settledBody = useDebounced(body, previewRestMs);
  const preview = useQuery({
    ...query(comments.preview, {
      workspace: workspace.id,
      issue: issue.id,
      body: settledBody,
      parentId,
    }),
    enabled: settledBody !== "",
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const sent = useRef(draft);
  const add = useAddComment(issue.id, () => {
    const unsent = unsentOf(draft, sent.current);
    // What closes with the last word of it does not get to store what it shows.
    storeCommentDraft(place, unsent);
    setDraft(unsent);
    setSuppressed(new Set());
    field.current?.focus();
    if (unsent.typed === "") onSent?.();
  });
  const typing = mentionBeingTyped(draft.typed, caret);
  const choices = useMentionChoices(
    typing !== null && typing.start !== dismissedAt ? typing.word : null,
  );

  const send = () => {
    if (body === "" || add.isPending) return;
    const suppressAgentIds = [...suppressed];
    sent.current = draft;
    add.send({ workspace: workspace.id, issue: issue.id, body, parentId, suppressAgentIds });
  };
  const pickMention = (mention: PickedMention) => {
    if (typing === null) return;
    const before = `${draft.typed.slice(0, typing.start)}@${mention.name} `;
    const typed = before + draft.typed.slice(caret);
    setDraft({ typed, picked: [...draft.picked.filter(({ id }) => id !== mention.id), mention] });
    setCaret(before.length);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(before.length, before.length);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send();
      return;
    }
    if (choices.length === 0 || typing === null) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = choices[highlighted % choices.length];
    if (step !== undefined) setHighlighted((highlighted + step + choices.length) % choices.length);
    else if (event.key === "Escape") setDismissedAt(typing.start);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen !== undefined)
      pickMention(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const label = parentId === null ? text.issues.comment : text.issues.reply;
  return (
    <div className="relative rounded-card border border-strong-line bg-raised transition-colors duration-120 focus-within:border-accent">
      {choices.length > 0 && (
        <MentionList
          listId={listId}
          choices={choices}
          highlighted={highlighted % choices.length}
          onPick={pickMention}
        />
      )}
      <textarea
        ref={field}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where the reader has just pressed Reply
        autoFocus={takesFocus}
        rows={parentId === null ? 2 : 1}
        aria-label={label}
        aria-autocomplete="list"
        {...(choices.length > 0 && {
          "aria-controls": listId,
          "aria-activedescendant": mentionOptionId(listId, highlighted % choices.length),
        })}
        placeholder={
          parentId === null ? text.issues.commentPlaceholder : text.issues.replyPlaceholder
        }
        value={draft.typed}
        maxLength={100_000}
        onChange={(event) => {
          setDraft({ ...draft, typed: event.target.value });
          setCaret(event.target.selectionStart);
          setHighlighted(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="field-text field-sizing-content max-h-80 min-h-9 w-full resize-none bg-transparent px-3 py-2 leading-normal outline-none"
      />
      {add.error !== null && (
        <p role="alert" className="px-3 pb-1 text-12 text-failed-ink">
          {describeError(add.error, text)}
        </p>
      )}
      <div className="flex items-end gap-2 px-2 pb-2">
        <div className="min-w-0 grow" aria-live="polite">
          {body !== "" && preview.data !== undefined && preview.data.triggers.length > 0 && (
            <TriggerChips
              verdicts={preview.data.triggers}
              suppressed={suppressed}
              onSuppress={(agentId, suppress) => {
                const next = new Set(suppressed);
                if (suppress) next.add(agentId);
                else next.delete(agentId);
                setSuppressed(next);
              }}
            />
          )}
          {body !== "" && preview.data?.triggers.length === 0 && (
            <p className="px-1 text-12 text-faint">{text.issues.nobodyWakes}</p>
          )}
        </div>
        <span className="flex shrink-0 items-center gap-2">
          {body !== "" && (
            <span className="max-tablet:hidden">
              <Kbd keys={["mod", "enter"]} />
            </span>
          )}
          <Button
            variant="primary"
            size="small"
            busy={add.isPending}
            disabled={body === ""}
            onClick={send}
          >
            {text.issues.send}
          </Button>
        </span>
      </div>
    </div>
  );
}
