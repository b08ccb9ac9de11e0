import {
  escapeListValue,
  type UsageDimension,
  usageDimensions,
} from "@headcount/contract/usage/query-words";
import { invalidUse } from "../errors/cli-error.ts";

export const filterOptions = {
  filter: {
    value: "WHAT=NAME",
    multiple: true,
    summary: "only what fits, as in agent=Ada; several of one sort: any of them",
  },
} as const;

/**
 * The filters of a question by what they are about.
 * @throws CliError exit 5 for anything that is not `WHAT=NAME`
 */
export function filterInput(
  filters: readonly string[] | undefined,
): Partial<Record<UsageDimension, string>> {
  const found: Partial<Record<UsageDimension, string>> = {};
  for (const text of filters ?? []) {
    const at = text.indexOf("=");
    const word = text.slice(0, Math.max(at, 0)).trim().replaceAll("-", "_");
    const name = usageDimensions.find((dimension) => dimension === word);
    const value = text.slice(at + 1).trim();
    if (name === undefined || value === "") {
      throw invalidUse(
        `"${text}" is no filter.`,
        `Write it like agent=Ada, with one of ${usageDimensions.join(", ")}.`,
      );
    }
    const before = found[name];
    found[name] = [...(before === undefined ? [] : [before]), escapeListValue(value)].join(",");
  }
  return found;
}
