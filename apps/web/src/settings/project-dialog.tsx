import type { UserId } from "@headcount/contract/kit/ids";
import { RepositoryUrl, type Project } from "@headcount/contract/projects/schemas";
import { useId, useState, type FormEvent } from "react";
import { useText } from "../i18n/use-text.ts";
import { RefusalNote } from "../session/refusal-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { type DirectoryDraft, isDirectoryValid } from "./directory-draft.ts";
import { DirectoryRows } from "./directory-rows.tsx";
import { useOwnMachines } from "./use-own-machines.ts";
import { useSaveProject } from "./use-save-project.ts";
import { RepositoryRows, type RepositoryRow } from "./repository-rows.tsx";

type ProjectDialogProps = { readonly project: Project | null; readonly onClose: () => void };

/** A new project, or one that is edited. */
export function ProjectDialog({ project, onClose }: ProjectDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [title, setTitle] = useState(project?.title ?? "");
  const [description, setDescription] = useState(project?.description ?? "");
  const [rows, setRows] = useState<readonly RepositoryRow[]>(() => rowsOf(project));
  const [checked, setChecked] = useState(false);
  const machines = useOwnMachines();
  const [directories, setDirectories] = useState<readonly DirectoryDraft[] | null>(null);
  const drafts = directories ?? draftsOf(project, workspace.user.id);
  const save = useSaveProject(workspace.id, project, onClose);
  const busy = save.isPending;
  const filled = rows.filter(({ url }) => url.trim() !== "");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const allValid = filled.every(({ url }) => RepositoryUrl.safeParse(url.trim()).success);
    if (title.trim() === "" || !allValid || !drafts.every(isDirectoryValid) || busy) return;
    const repositories = filled.map(({ url, note }) => ({
      url: url.trim(),
      ref: note.trim() === "" ? null : note.trim(),
    }));
    save.mutate({ fields: { title, description, repositories }, directories: drafts });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={project === null ? text.settings.newProject : text.settings.editProject}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy}>
            {project === null ? text.common.create : text.common.save}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={text.settings.projectTitle}
          error={checked && title.trim() === "" ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this form
              autoFocus
              maxLength={200}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.settings.projectDescription}>
          {(control) => (
            <Textarea
              {...control}
              maxLength={20_000}
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1 text-12 font-medium text-muted">
            {text.settings.projectRepositories}
          </legend>
          <RepositoryRows
            rows={rows}
            checked={checked}
            emptyHint={text.settings.projectNoRepositories}
            noteLabel={text.settings.repositoryRef}
            notePlaceholder={text.settings.repositoryRefPlaceholder}
            onChange={setRows}
          />
        </fieldset>
        <fieldset>
          <legend className="mb-1 text-12 font-medium text-muted">
            {text.settings.projectDirectories}
          </legend>
          <DirectoryRows
            drafts={drafts}
            machines={machines}
            checked={checked}
            onChange={setDirectories}
          />
        </fieldset>
        <RefusalNote error={save.error} known={text.settings.directoryRefusals} />
      </form>
    </Dialog>
  );
}

/** Directories of other people's machines can be read and taken away, not changed. */
function draftsOf(project: Project | null, reader: UserId): readonly DirectoryDraft[] {
  return (project?.directories ?? []).map(({ daemonId, path, mode, machineName, owner }) => {
    const of = owner.id === reader ? null : { machineName, owner };
    return { id: daemonId, daemonId, path, mode, of };
  });
}

function rowsOf(project: Project | null): readonly RepositoryRow[] {
  if (project === null) return [];
  return project.repositories.map(({ url, ref }, index) => ({
    id: `${index} ${url}`,
    url,
    note: ref ?? "",
  }));
}
