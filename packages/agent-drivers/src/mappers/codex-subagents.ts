import { objectAt, stringAt, type JsonObject } from "../core/json.ts";
import { usageByModel } from "../core/usage-by-model.ts";
import type { RunItem, UsageTotals } from "../core/types.ts";
import { createCodexUsage, type CodexModel, type CodexUsage } from "./codex-usage.ts";

export type CodexSubagents = {
  /** A `thread/started` notification that came while our turn ran. */
  started(params: JsonObject, provider: string | null): void;
  /** A notification of another thread: only its totals matter. */
  accept(method: string, params: JsonObject): readonly RunItem[];
  totals(): readonly UsageTotals[];
};

type Subagent = { readonly at: CodexModel; readonly usage: CodexUsage };

/**
 * Books what other threads on the same pipe use. Only threads that began during our turn count:
 * their totals start at zero, and everything else is history.
 */
export function createCodexSubagents(): CodexSubagents {
  const threads = new Map<string, Subagent>();
  return {
    started(params, provider) {
      const thread = objectAt(params, "thread");
      const id = stringAt(thread, "id");
      if (id === null || threads.has(id)) return;
      const at = {
        model: stringAt(thread, "model") ?? "codex",
        provider: stringAt(thread, "modelProvider")?.toLowerCase() ?? provider,
      };
      const usage = createCodexUsage({ baseline: null }, () => `codex:${id}`, "subagent");
      threads.set(id, { at, usage });
    },
    accept(method, params) {
      const subagent = threads.get(stringAt(params, "threadId") ?? "");
      if (subagent === undefined || method !== "thread/tokenUsage/updated") return [];
      const total = objectAt(objectAt(params, "tokenUsage"), "total");
      return subagent.usage.observe(total, subagent.at);
    },
    totals() {
      const all = [...threads.values()].flatMap(({ usage }) => usage.totals());
      return [...usageByModel(all).values()];
    },
  };
}
