import { ApiError } from "@headcount/client/api-error";
import { z } from "zod";

const Named = z.object({ key: z.string(), title: z.string().optional() });
const Details = z.union([z.object({ issue: Named }), z.object({ current: Named }), Named]);

/** The open issue with the same title that a refused create names; null for other errors. */
export function duplicateOf(error: unknown): z.infer<typeof Named> | null {
  if (!(error instanceof ApiError) || error.reason !== "active_duplicate_issue") return null;
  const details = Details.safeParse(error.details);
  if (!details.success) return null;
  if ("issue" in details.data) return details.data.issue;
  return "current" in details.data ? details.data.current : details.data;
}
