import type { Issue } from "@headcount/contract/issues/schemas";
import { useState } from "react";
import { describeError } from "../../data/describe-error.ts";
import { useText } from "../../i18n/use-text.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { updateIssue } from "../update-issue.ts";
import { conflictingTexts } from "./revision-conflict.ts";

export type SaveText = {
  readonly saving: boolean;
  readonly error: string | null;
  /** What somebody else saved meanwhile; a decision is due. */
  readonly theirs: string | null;
  /** True once it is saved. `base` is what the writer saw before editing. */
  readonly save: (value: string, base: string) => Promise<boolean>;
  readonly dropConflict: () => void;
};

/** Saves one text of an issue and notices when somebody else has changed it meanwhile. */
export function useSaveText(issue: Issue, field: "title" | "description"): SaveText {
  const text = useText();
  const workspace = useWorkspace();
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<string | null>(null);
  const save = async (value: string, base: string) => {
    setSaving(true);
    setError(null);
    try {
      await updateIssue(workspace.id, issue, { [field]: value, base: { [field]: base } });
      setTheirs(null);
      return true;
    } catch (failure) {
      const conflict = conflictingTexts(failure);
      if (conflict === null) setError(describeError(failure, text));
      else setTheirs(conflict[field]);
      return false;
    } finally {
      setSaving(false);
    }
  };
  return { saving, error, theirs, save, dropConflict: () => setTheirs(null) };
}
