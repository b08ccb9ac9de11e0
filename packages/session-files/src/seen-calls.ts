import { hash } from "node:crypto";
import type { SessionUsage } from "./session-usage.ts";

/** Tells calls that no file has told before from repetitions, across files. */
export type SeenCalls = {
  /** True for the first account of a call, and for a later one that knows more. */
  isNews(usage: SessionUsage): boolean;
  /** How many accounts told nothing new. */
  repeated(): number;
};

export function createSeenCalls(): SeenCalls {
  // Long keys of years of calls would take much room.
  const revisions = new Map<string, number>();
  let repetitions = 0;
  return {
    isNews({ key, revision }) {
      const name = hash("sha1", key, "base64");
      const known = revisions.get(name);
      if (known !== undefined && known >= revision) {
        repetitions += 1;
        return false;
      }
      revisions.set(name, revision);
      return true;
    },
    repeated: () => repetitions,
  };
}
