import { useBlocker } from "@tanstack/react-router";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Dialog } from "../ui/dialog.tsx";
import { fieldLook } from "../ui/input.tsx";
import { FileBar } from "./file-text.tsx";
import { RefusalNote } from "./refusal-note.tsx";

type FileEditorProps = {
  readonly path: string;
  readonly content: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onSave: (content: string) => void;
  readonly onCancel: () => void;
};

/** A text file as it is typed. Leaving with changes asks first. */
export function FileEditor({ path, content, busy, error, onSave, onCancel }: FileEditorProps) {
  const text = useText();
  const [draft, setDraft] = useState(content);
  const isChanged = draft !== content;
  const blocker = useBlocker({
    shouldBlockFn: () => isChanged,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  const save = (): void => {
    if (busy) return;
    if (isChanged) onSave(draft);
    else onCancel();
  };
  const sendByKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    save();
  };
  return (
    <form
      className="flex grow flex-col"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        save();
      }}
    >
      <FileBar path={path}>
        <Button onClick={onCancel}>{text.common.cancel}</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {text.common.save}
        </Button>
      </FileBar>
      <div className="flex grow flex-col gap-2 px-4 py-4 tablet:px-6">
        <RefusalNote error={error} />
        <textarea
          aria-label={path}
          spellCheck={false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to write
          autoFocus
          className={classNames(
            fieldLook,
            "min-h-80 grow resize-none px-3 py-2 font-mono text-12 leading-relaxed",
          )}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={sendByKey}
        />
      </div>
      {blocker.status === "blocked" && (
        <Dialog
          open
          onOpenChange={() => blocker.reset()}
          title={text.agents.unsavedTitle}
          width="narrow"
          footer={
            <>
              <Button variant="danger" onClick={() => blocker.proceed()}>
                {text.agents.unsavedLeave}
              </Button>
              <Button variant="primary" onClick={() => blocker.reset()}>
                {text.agents.unsavedStay}
              </Button>
            </>
          }
        >
          <p className="text-muted">{text.agents.unsavedHint}</p>
        </Dialog>
      )}
    </form>
  );
}
