import { IssuePriority, IssueStatus } from "@headcount/contract/issues/schemas";
import { AssigneeRef } from "@headcount/contract/kit/actors";
import { z } from "zod";

const Draft = z.object({
  title: z.string(),
  description: z.string(),
  status: IssueStatus,
  priority: IssuePriority,
  assignee: AssigneeRef.nullable(),
  projectId: z.string().nullable(),
});
export type Draft = z.infer<typeof Draft>;

export const emptyDraft: Draft = {
  title: "",
  description: "",
  status: "todo",
  priority: "none",
  assignee: null,
  projectId: null,
};

/** The unfinished issue of a workspace, kept in this browser until it is created. */
export function loadDraft(workspaceId: string): Draft {
  const stored = localStorage.getItem(keyOf(workspaceId));
  if (stored === null) return emptyDraft;
  const parsed = Draft.safeParse(parseJson(stored));
  return parsed.success ? parsed.data : emptyDraft;
}

export function storeDraft(workspaceId: string, draft: Draft): void {
  const blank = draft.title.trim() === "" && draft.description.trim() === "";
  if (blank) localStorage.removeItem(keyOf(workspaceId));
  else localStorage.setItem(keyOf(workspaceId), JSON.stringify(draft));
}

export function dropDraft(workspaceId: string): void {
  localStorage.removeItem(keyOf(workspaceId));
}

function keyOf(workspaceId: string): string {
  return `headcount.draft.${workspaceId}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A draft that an older version wrote differently is no draft.
    return null;
  }
}
