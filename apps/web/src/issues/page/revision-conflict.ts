import { ApiError } from "@headcount/client/api-error";
import { z } from "zod";

const Texts = z.object({ title: z.string(), description: z.string(), revision: z.int() });
const Details = z.union([
  z.object({ current: Texts }).transform(({ current }) => current),
  z.object({ issue: Texts }).transform(({ issue }) => issue),
  Texts,
]);

/** The saved texts that a refused edit ran into; null for any other error. */
export function conflictingTexts(error: unknown): z.infer<typeof Texts> | null {
  if (!(error instanceof ApiError) || error.reason !== "revision_conflict") return null;
  const details = Details.safeParse(error.details);
  return details.success ? details.data : null;
}
