import { RepositoryUrl, type Project } from "@headcount/contract/projects/schemas";
import { projects } from "@headcount/contract/projects/routes";
import { useId, useState, type FormEvent } from "react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
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
  const create = useCommand(projects.create, { onSuccess: onClose });
  const update = useCommand(projects.update, { onSuccess: onClose });
  const busy = create.isPending || update.isPending;
  const filled = rows.filter(({ url }) => url.trim() !== "");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const allValid = filled.every(({ url }) => RepositoryUrl.safeParse(url.trim()).success);
    if (title.trim() === "" || !allValid || busy) return;
    const repositories = filled.map(({ url, note }) => ({
      url: url.trim(),
      ref: note.trim() === "" ? null : note.trim(),
    }));
    const fields = { workspace: workspace.id, title, description, repositories };
    if (project === null) create.mutate(fields);
    else update.mutate({ ...fields, projectId: project.id });
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
        <FailureNote error={create.error ?? update.error} />
      </form>
    </Dialog>
  );
}

function rowsOf(project: Project | null): readonly RepositoryRow[] {
  if (project === null) return [];
  return project.repositories.map(({ url, ref }, index) => ({
    id: `${index} ${url}`,
    url,
    note: ref ?? "",
  }));
}
