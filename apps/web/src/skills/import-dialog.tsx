import type { OutputOf } from "@headcount/contract/kit/route";
import { skills } from "@headcount/contract/skills/routes";
import { skillArchiveBytes, SkillConflict } from "@headcount/contract/skills/schemas";
import { FileArchive, X } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { useCommand } from "../data/use-command.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { formatSize } from "./format-size.ts";
import { readBase64 } from "./read-base64.ts";
import { RefusalNote } from "./refusal-note.tsx";
import { useFileDrop } from "./use-file-drop.ts";

type ImportDialogProps = {
  /** A file that was dropped on the page already. */
  readonly file: File | null;
  readonly onClose: () => void;
  readonly onImported: (reply: OutputOf<typeof skills.import>) => void;
};

/** Reads a skill from an archive that is dropped or chosen, or from an address. */
export function ImportDialog({ file: dropped, onClose, onImported }: ImportDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [file, setFile] = useState(dropped);
  const [url, setUrl] = useState("");
  const [onConflict, setOnConflict] = useState<SkillConflict>("fail");
  const [unreadable, setUnreadable] = useState<unknown>(null);
  const send = useCommand(skills.import, { onSuccess: onImported });
  const isTooLarge = file !== null && file.size > skillArchiveBytes;
  const isReady = file === null ? url.trim() !== "" : !isTooLarge;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady || send.isPending) return;
    setUnreadable(null);
    const input = { workspace: workspace.id, onConflict };
    if (file === null) {
      send.mutate({ ...input, source: { kind: "url", url: url.trim() } });
      return;
    }
    readBase64(file).then(
      (data) => send.mutate({ ...input, source: { kind: "archive", fileName: file.name, data } }),
      setUnreadable,
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.skills.importTitle}
      description={text.skills.importHint}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={!isReady}
            busy={send.isPending}
          >
            {text.skills.importSkill}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={submit}>
        {file === null ? (
          <DropZone onFile={setFile} />
        ) : (
          <ChosenFile file={file} isTooLarge={isTooLarge} onRemove={() => setFile(null)} />
        )}
        {file === null && (
          <Field label={text.skills.address} hint={text.skills.addressHint}>
            {(control) => (
              <Input
                {...control}
                type="url"
                maxLength={2_000}
                placeholder={text.skills.addressPlaceholder}
                value={url}
                onChange={(event) => setUrl(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={text.skills.onConflict}>
          {(control) => (
            <Select
              id={control.id}
              label={text.skills.onConflict}
              value={onConflict}
              options={SkillConflict.options.map((value) => ({
                value,
                label: text.skills.conflict[value],
              }))}
              onChange={setOnConflict}
            />
          )}
        </Field>
        <RefusalNote error={send.error ?? unreadable} />
      </form>
    </Dialog>
  );
}

function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const drop = useFileDrop(onFile);
  return (
    <div
      {...drop.handlers}
      className={classNames(
        "flex flex-col items-center gap-1.5 rounded-card border border-dashed px-4 py-8 text-center transition-colors duration-120",
        drop.isOver ? "border-accent bg-accent-wash" : "border-strong-line bg-sunken",
      )}
    >
      <FileArchive size={20} className="text-faint" />
      <p className="text-13">
        {text.skills.dropHere}{" "}
        <button
          type="button"
          className="font-medium text-accent-ink underline-offset-2 hover:underline"
          onClick={() => input.current?.click()}
        >
          {text.skills.chooseFile}
        </button>
      </p>
      <p className="text-12 text-faint">{text.skills.archiveLimit}</p>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept=".zip,.skill,application/zip"
        aria-label={text.skills.chooseFile}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) onFile(file);
        }}
      />
    </div>
  );
}

type ChosenFileProps = {
  readonly file: File;
  readonly isTooLarge: boolean;
  readonly onRemove: () => void;
};

function ChosenFile({ file, isTooLarge, onRemove }: ChosenFileProps) {
  const text = useText();
  const format = useFormat();
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2.5 rounded-card border border-line bg-sunken px-3 py-2.5">
        <FileArchive size={16} className="shrink-0 text-muted" />
        <span className="min-w-0 grow truncate font-medium">{file.name}</span>
        <span className="figures shrink-0 text-12 text-faint">{formatSize(file.size, format)}</span>
        <IconButton size="small" label={text.common.remove} onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      {isTooLarge && (
        <p role="alert" className="text-12 text-failed-ink">
          {text.skills.archiveTooLarge}
        </p>
      )}
    </div>
  );
}
