import { z } from "zod";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { ImportedCli, ImportRecord, ImportResult, mostImportRecords } from "./import-schemas.ts";

export const usageImport = {
  import: route({
    name: "usage.import",
    method: "POST",
    path: "/api/w/:workspace/usage/import",
    summary:
      "Bring in usage of sessions that Headcount did not start, as the caller's own; answers in the order of the records",
    access: "member_human",
    input: z.object({
      ...workspacePath,
      cli: ImportedCli,
      // A record that is none is answered as such and harms no other.
      records: z.array(ImportRecord.nullable().catch(null)).max(mostImportRecords),
    }),
    output: z.object({ results: z.array(ImportResult) }),
    bodyLimitBytes: 16 * 1024 * 1024,
  }),
};
