import { z } from "zod";

/** What is open on an issue's page, as it stands in the address. */
export const IssuePageSearch = z.object({
  /** A task whose transcript is open. */
  task: z.uuid().optional().catch(undefined),
});
export type IssuePageSearch = z.infer<typeof IssuePageSearch>;
