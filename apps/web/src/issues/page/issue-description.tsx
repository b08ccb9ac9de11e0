import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { isComposing } from "../../shell/match-keys.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { ConflictDialog } from "./conflict-dialog.tsx";
import { useSaveText } from "./use-save-text.ts";

/** The description: read like a document, edited as Markdown. What is typed survives a failed save. */
export function IssueDescription({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const [editing, setEditing] = useState(false);
  if (editing) return <DescriptionEditor issue={issue} onDone={() => setEditing(false)} />;
  if (issue.description === "") {
    return (
      <Button variant="quiet" className="-ms-2.5 self-start" onClick={() => setEditing(true)}>
        {text.issues.addDescription}
      </Button>
    );
  }
  return (
    <div className="group/description relative">
      <Markdown text={issue.description} />
      <IconButton
        label={text.issues.editDescription}
        variant="secondary"
        className="absolute -top-1 end-0 opacity-0 transition-opacity focus-visible:opacity-100 group-hover/description:opacity-100 pointer-coarse:static pointer-coarse:mt-2 pointer-coarse:opacity-100"
        onClick={() => setEditing(true)}
      >
        <Pencil size={14} />
      </IconButton>
    </div>
  );
}

type DescriptionEditorProps = { readonly issue: Issue; readonly onDone: () => void };

function DescriptionEditor({ issue, onDone }: DescriptionEditorProps) {
  const text = useText();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const [base] = useState(issue.description);
  const [typed, setTyped] = useState(issue.description);
  const { saving, error, theirs, save, dropConflict } = useSaveText(issue, "description");
  const finish = async (against: string) => {
    if (typed === base && against === base) return onDone();
    if (await save(typed, against)) onDone();
  };
  const takeTheirs = () => {
    dropConflict();
    onDone();
    void client.invalidateQueries({ queryKey: [issues.get.name, workspace.id] });
  };
  return (
    <div className="flex flex-col gap-2">
      <Textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the reader has just asked to edit
        autoFocus
        aria-label={text.issues.descriptionLabel}
        value={typed}
        maxLength={200_000}
        placeholder={text.issues.descriptionPlaceholder}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === "Escape" && typed === base) onDone();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
            event.preventDefault();
            void finish(base);
          }
        }}
        className="min-h-40 text-14! leading-relaxed!"
      />
      {error !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {error}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="quiet" onClick={onDone}>
          {text.common.cancel}
        </Button>
        <Button variant="primary" busy={saving} onClick={() => void finish(base)}>
          {text.common.save}
        </Button>
      </div>
      {theirs !== null && (
        <ConflictDialog
          mine={typed}
          theirs={theirs}
          onClose={dropConflict}
          onKeepMine={() => void finish(theirs)}
          onTakeTheirs={takeTheirs}
        />
      )}
    </div>
  );
}
