import { IssuePriority, IssueStatus } from "@headcount/contract/issues/schemas";
import { z } from "zod";

/** Filters and layout of an issues page, as they stand in the address. */
export const IssueSearch = z.object({
  layout: z.enum(["board", "list"]).optional().catch(undefined),
  status: z.array(IssueStatus).optional().catch(undefined),
  priority: z.array(IssuePriority).optional().catch(undefined),
  assigneeId: z
    .union([z.uuid(), z.literal("none")])
    .optional()
    .catch(undefined),
  projectId: z
    .union([z.uuid(), z.literal("none")])
    .optional()
    .catch(undefined),
  text: z.string().max(200).optional().catch(undefined),
});
export type IssueSearch = z.infer<typeof IssueSearch>;

/** The part of an issue search that narrows what is shown. */
export type IssueFilters = Omit<IssueSearch, "layout">;

export function hasFilters(filters: IssueFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}
