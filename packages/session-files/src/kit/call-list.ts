import type { SessionUsage } from "../session-usage.ts";
import { mergeUsage } from "./merge-usage.ts";

/** Collects the calls of one file, each key once. */
export type CallList = {
  add(usage: SessionUsage | null): void;
  list(): readonly SessionUsage[];
};

export function createCallList(): CallList {
  const calls = new Map<string, SessionUsage>();
  return {
    add(usage) {
      if (usage === null) return;
      const known = calls.get(usage.key);
      calls.set(usage.key, known === undefined ? usage : mergeUsage(known, usage));
    },
    list: () => [...calls.values()],
  };
}
