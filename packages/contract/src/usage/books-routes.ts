import { z } from "zod";
import { TaskId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { pageInput, pageOf, workspacePath } from "../kit/values.ts";
import {
  BooksBounds,
  BooksComparison,
  booksPart,
  BooksVerification,
  QuarantinedUsage,
} from "./books-schemas.ts";

/** What an operator does with the books. */
export const books = {
  bounds: route({
    name: "usage.bounds",
    method: "GET",
    path: "/api/w/:workspace/usage/bounds",
    summary: "From when to when there is usage, for going through it part by part",
    access: "admin",
    input: z.object(workspacePath),
    output: BooksBounds,
  }),
  rebuild: route({
    name: "usage.rebuild",
    method: "POST",
    path: "/api/w/:workspace/usage/rebuild",
    summary: "Set the sums of some days, the meters of a month, or budgets to what the ledger says",
    access: "admin",
    input: z.object(booksPart),
    output: BooksComparison.extend({
      /** Rows that were set, added or removed. */
      repaired: z.int(),
    }),
    reasons: ["usage.part_required", "usage.meter_missing"],
  }),
  verification: route({
    name: "usage.verification",
    method: "GET",
    path: "/api/w/:workspace/usage/verification",
    summary: "What the latest nightly comparison of sums with the ledger has found",
    access: "admin",
    input: z.object(workspacePath),
    output: z.object({
      /** Null before the first night. */
      verification: BooksVerification.nullable(),
    }),
  }),
  quarantine: route({
    name: "usage.quarantine",
    method: "GET",
    path: "/api/w/:workspace/usage/quarantine",
    summary: "Usage records that were refused, with the reason, newest first",
    access: "admin",
    input: z.object({ ...workspacePath, ...pageInput, taskId: TaskId.optional() }),
    output: pageOf(QuarantinedUsage),
  }),
};
