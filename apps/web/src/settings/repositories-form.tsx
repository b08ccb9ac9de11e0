import { RepositoryUrl } from "@headcount/contract/projects/schemas";
import { useState, type FormEvent } from "react";
import { useText } from "../i18n/use-text.ts";
import { RepositoryRows, type RepositoryRow } from "./repository-rows.tsx";
import { SaveRow } from "./save-row.tsx";
import { useUpdateWorkspace } from "./use-update-workspace.ts";
import type { WorkspaceSettingsProps } from "./workspace-form-props.ts";

/** Repositories that every agent of the workspace knows. */
export function RepositoriesForm({ workspace, mayChange }: WorkspaceSettingsProps) {
  const text = useText();
  const stored = workspace.repositories.map(({ url, description }, index) => ({
    id: `${index} ${url}`,
    url,
    note: description,
  }));
  const [edited, setEdited] = useState<readonly RepositoryRow[] | null>(null);
  const [checked, setChecked] = useState(false);
  const update = useUpdateWorkspace(() => setEdited(null));
  const rows = edited ?? stored;
  const filled = rows.filter(({ url }) => url.trim() !== "");
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const allValid = filled.every(({ url }) => RepositoryUrl.safeParse(url.trim()).success);
    if (!allValid || update.isPending) return;
    update.mutate({
      workspace: workspace.id,
      repositories: filled.map(({ url, note }) => ({ url: url.trim(), description: note })),
    });
  };
  return (
    <form noValidate className="flex flex-col gap-3" onSubmit={send}>
      <RepositoryRows
        rows={rows}
        checked={checked}
        disabled={!mayChange}
        emptyHint={text.settings.repositoriesEmpty}
        noteLabel={text.settings.repositoryNote}
        notePlaceholder={text.settings.repositoryNotePlaceholder}
        onChange={setEdited}
      />
      {mayChange && (edited !== null || update.isSuccess) && (
        <SaveRow
          dirty={edited !== null}
          busy={update.isPending}
          saved={update.isSuccess}
          error={update.error}
        />
      )}
    </form>
  );
}
