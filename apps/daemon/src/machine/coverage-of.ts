import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";

/** How exactly the usage of a CLI's runs is known when all goes well, and what is missing. */
export function coverageOf({ usage }: Pick<CliSpec, "usage">): RuntimeRegistration["coverage"] {
  const reason = usage.gap ?? "";
  if (usage.accumulation === "none") return { level: "none", reason };
  return { level: usage.gap === null ? "exact" : "partial", reason };
}
