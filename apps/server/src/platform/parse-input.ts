import type { z } from "zod";
import type { Route } from "@headcount/contract/kit/route";
import { AppError } from "./app-error.ts";

/**
 * Parses a request against its route. Unknown fields are refused, so that a misspelt one is noticed.
 * @throws invalid with `details.fields` naming each problem
 */
export function parseInput(route: Route, raw: Record<string, unknown>): never {
  // A daemon may be newer than the server; what it says beyond this contract is ignored.
  const schema = route.access === "daemon" ? route.input : route.input.strict();
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data as never;
  throw new AppError("invalid", describe(parsed.error.issues), {
    reason: "validation",
    details: { fields: parsed.error.issues.map(toField) },
  });
}

function toField(issue: z.core.$ZodIssue): { path: string; message: string } {
  return { path: issue.path.join("."), message: issue.message };
}

function describe(issues: readonly z.core.$ZodIssue[]): string {
  const [first] = issues;
  if (!first) return "The request is not valid.";
  const place = first.path.length > 0 ? `${first.path.join(".")}: ` : "";
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : "";
  return `${place}${first.message}${more}`;
}
