import { skillFiles, skills } from "@headcount/contract/skills/routes";
import type { Skill } from "@headcount/contract/skills/schemas";
import { skillPathProblem } from "@headcount/domain/skills/skill-path";
import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { readBase64 } from "./read-base64.ts";
import { RefusalNote } from "./refusal-note.tsx";

type AddFileDialogProps = {
  readonly skill: Skill;
  readonly onClose: () => void;
  readonly onAdded: (path: string) => void;
};

/** A new file: an empty one to be written here, or one from this computer. */
export function AddFileDialog({ skill, onClose, onAdded }: AddFileDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const formId = useId();
  const chooser = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState("");
  const [unreadable, setUnreadable] = useState<unknown>(null);
  const place = { workspace: workspace.id, skillId: skill.id };
  const write = useCommand(skillFiles.write, {
    onSuccess: (saved, { path: written }) => {
      cache.setQueryData(query(skills.get, place).queryKey, saved);
      onAdded(written);
    },
  });
  const isFree = !skill.files.some((file) => file.path === path.trim());
  const isReady = skillPathProblem(path.trim()) === null && isFree;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady && !write.isPending) write.mutate({ ...place, path: path.trim(), content: "" });
  };
  const upload = (file: File): void => {
    const folder = path.trim().endsWith("/") ? path.trim() : "";
    readBase64(file).then(
      (content) =>
        write.mutate({ ...place, path: `${folder}${file.name}`, content, encoding: "base64" }),
      setUnreadable,
    );
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.skills.addFile}
      footer={
        <>
          <Button
            icon={<Upload size={14} />}
            className="me-auto"
            onClick={() => chooser.current?.click()}
          >
            {text.skills.uploadFile}
          </Button>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={!isReady}
            busy={write.isPending}
          >
            {text.common.create}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-3" onSubmit={send}>
        <Field label={text.skills.filePath} hint={text.skills.filePathHint}>
          {(control) => (
            <Input
              {...control}
              maxLength={300}
              className="font-mono"
              placeholder={text.skills.filePathPlaceholder}
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
          )}
        </Field>
        <RefusalNote error={write.error ?? unreadable} />
        <input
          ref={chooser}
          type="file"
          hidden
          tabIndex={-1}
          aria-label={text.skills.uploadFile}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) upload(file);
          }}
        />
      </form>
    </Dialog>
  );
}
