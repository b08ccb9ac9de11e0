import type { UsageKey } from "@headcount/contract/usage/query-schemas";
import type { UsageDimension } from "@headcount/contract/usage/query-words";
import type { Catalogue } from "../../i18n/catalogue.ts";

/** What a row of the books is called, in the language in use; names of people and things stay as they are. */
export function rowLabel(
  key: Pick<UsageKey, "kind" | "label">,
  by: UsageDimension,
  text: Catalogue,
): string {
  const { usageLists } = text;
  switch (key.kind) {
    case "none":
    case "unmanaged":
      return usageLists.none[by];
    case "private":
      return by === "runtime" ? usageLists.private.runtime : usageLists.private.agent;
    case "other":
      return usageLists.other;
    case "deleted":
    case "value":
      return key.label;
  }
}
