import { usage } from "@headcount/contract/usage/routes";
import { query } from "../../platform/command.ts";
import { askedParts } from "./asked-parts.ts";
import { compareParts, wholeBooks } from "./find-differences.ts";
import { readBounds } from "./read-bounds.ts";

export const verifyUsageQuery = query(usage.verify, async (ctx, input) => {
  const asked = askedParts(input);
  return compareParts(ctx, asked.length > 0 ? asked : wholeBooks(await readBounds(ctx)));
});
