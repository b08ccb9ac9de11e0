import { issues } from "@headcount/contract/issues/routes";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { describeError } from "../../data/describe-error.ts";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { isComposing } from "../../shell/match-keys.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { showIssue } from "../update-issue.ts";
import { closeCreateDialog, createDialogStore } from "./create-dialog-store.ts";
import { DraftProperties } from "./draft-properties.tsx";
import { DraftTriggers } from "./draft-triggers.tsx";
import { dropDraft, emptyDraft, loadDraft, storeDraft, type Draft } from "./draft-store.ts";
import { duplicateOf } from "./duplicate-of.ts";

/** A new issue: what, for whom, and who starts because of it. The draft survives closing. */
export function CreateDialog() {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const preset = createDialogStore((state) => state.preset);
  const [draft, setDraft] = useState<Draft>(() => ({ ...loadDraft(workspace.id), ...preset }));
  const [start, setStart] = useState(true);
  const [another, setAnother] = useState(false);
  const titleField = useRef<HTMLTextAreaElement>(null);
  useEffect(() => storeDraft(workspace.id, draft), [workspace.id, draft]);
  const change = (changes: Partial<Draft>) => setDraft((before) => ({ ...before, ...changes }));

  const create = useCommand(issues.create, {
    onSuccess: ({ issue }) => {
      dropDraft(workspace.id);
      showIssue(workspace.id, issue);
      if (another) {
        setDraft({ ...emptyDraft, status: draft.status, assignee: draft.assignee });
        titleField.current?.focus();
        return;
      }
      closeCreateDialog();
      showToast({
        tone: "plain",
        message: text.issues.createdToast({ key: issue.key }),
        action: {
          label: text.common.open,
          run: () =>
            void navigate({
              to: "/$slug/issues/$issueKey",
              params: { slug: workspace.slug, issueKey: issue.key },
            }),
        },
      });
    },
  });
  const duplicate = duplicateOf(create.error);
  const send = (allowDuplicate: boolean) => {
    if (draft.title.trim() === "" || create.isPending) return;
    const { assignee, projectId, ...rest } = draft;
    create.mutate({
      workspace: workspace.id,
      ...rest,
      assignee: assignee === null ? null : { type: assignee.type, id: assignee.id },
      // Ids in the draft came from the list of projects.
      projectId: projectId as Parameters<typeof create.mutate>[0]["projectId"],
      start,
      allowDuplicate,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      send(false);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={closeCreateDialog}
      title={text.issues.createTitle}
      width="wide"
      footer={
        <>
          <div className="me-auto">
            <Checkbox label={text.issues.createAnother} checked={another} onChange={setAnother} />
          </div>
          {duplicate !== null && (
            <Button onClick={() => send(true)}>{text.issues.createAnyway}</Button>
          )}
          <Button
            variant="primary"
            busy={create.isPending}
            disabled={draft.title.trim() === ""}
            onClick={() => send(false)}
          >
            <span className="inline-flex items-center gap-2">{text.issues.createAction}</span>
          </Button>
          <span className="max-tablet:hidden">
            <Kbd keys={["mod", "enter"]} />
          </span>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the shortcut belongs to the whole form */}
      <div className="flex flex-col gap-3" onKeyDown={onKeyDown}>
        <textarea
          ref={titleField}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- opening the dialog means writing the title
          autoFocus
          rows={1}
          maxLength={500}
          aria-label={text.issues.titleLabel}
          placeholder={text.issues.titlePlaceholder}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value.replaceAll("\n", " ") })}
          className="field-sizing-content w-full resize-none bg-transparent text-16 font-semibold outline-none"
        />
        <textarea
          aria-label={text.issues.descriptionLabel}
          placeholder={text.issues.descriptionPlaceholder}
          value={draft.description}
          maxLength={200_000}
          onChange={(event) => change({ description: event.target.value })}
          className="field-sizing-content min-h-24 w-full resize-none bg-transparent text-14 leading-relaxed outline-none max-tablet:text-16"
        />
        <DraftProperties draft={draft} onChange={change} />
        <DraftTriggers draft={draft} start={start} onStart={setStart} />
        {create.error !== null && (
          <p role="alert" className="text-13 text-failed-ink">
            {duplicate === null ? (
              describeError(create.error, text)
            ) : (
              <>
                {text.issues.duplicateTitle}{" "}
                <Link
                  to="/$slug/issues/$issueKey"
                  params={{ slug: workspace.slug, issueKey: duplicate.key }}
                  className="font-medium underline underline-offset-2"
                  onClick={closeCreateDialog}
                >
                  {duplicate.key} {duplicate.title}
                </Link>
              </>
            )}
          </p>
        )}
      </div>
    </Dialog>
  );
}
