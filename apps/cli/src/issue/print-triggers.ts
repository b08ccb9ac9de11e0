import type { TriggerVerdict } from "@headcount/contract/issues/schemas";
import type { Printer } from "../output/printer.ts";

const sentences: Readonly<Record<TriggerVerdict["effect"], string>> = {
  queued: "starts work",
  coalesced: "gets this with the work that is already waiting",
  deferred: "starts later",
  held: "is held back",
  blocked: "cannot start",
  none: "is not started",
};

/** Which agents a write wakes, and why others stay asleep. */
export function printTriggers(triggers: readonly TriggerVerdict[], printer: Printer): void {
  for (const trigger of triggers) {
    const why = trigger.detail ? `: ${trigger.detail}` : ".";
    printer.line(`${trigger.agentName} ${sentences[trigger.effect] ?? trigger.effect}${why}`);
  }
}
