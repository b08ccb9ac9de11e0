import type { ApiError } from "@headcount/client/api-error";
import type { InputOf } from "@headcount/contract/kit/route";
import { projects } from "@headcount/contract/projects/routes";
import type { Project } from "@headcount/contract/projects/schemas";
import { useMutation, type UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { sendCommand } from "../data/use-command.ts";
import { type DirectoryDraft, directorySteps } from "./directory-draft.ts";

type ProjectFields = Omit<InputOf<typeof projects.create>, "workspace">;
export type ProjectForm = {
  readonly fields: ProjectFields;
  readonly directories: readonly DirectoryDraft[];
};

/**
 * Writes a project and then its directories, one after the other. What was written before one of
 * them was refused stays written, and another try goes on from there.
 */
export function useSaveProject(
  workspace: string,
  project: Project | null,
  onSaved: () => void,
): UseMutationResult<void, ApiError, ProjectForm> {
  const [known, setKnown] = useState(project);
  return useMutation<void, ApiError, ProjectForm>({
    mutationKey: [projects.update.name],
    onSuccess: onSaved,
    async mutationFn({ fields, directories }) {
      let saved =
        known === null
          ? await sendCommand(projects.create, { workspace, ...fields })
          : await sendCommand(projects.update, { workspace, projectId: known.id, ...fields });
      setKnown(saved);
      for (const step of directorySteps(saved.directories, directories)) {
        const place = { workspace, projectId: saved.id, daemonId: step.daemonId };
        const { path, mode } = step.kind === "set" ? step : { path: null, mode: null };
        saved =
          path === null
            ? await sendCommand(projects.removeDirectory, place)
            : await sendCommand(projects.setDirectory, { ...place, path, mode });
        setKnown(saved);
      }
    },
  });
}
