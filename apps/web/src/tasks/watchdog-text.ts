import type { FiredWatchdog } from "@headcount/contract/tasks/states";
import type { Catalogue } from "../i18n/catalogue.ts";
import { formatDuration } from "../ui/format-duration.ts";

/** Which limit ended a run, in the reader's language. */
export function watchdogText(fired: FiredWatchdog, text: Catalogue): string {
  return text.runs.watchdog[fired.name]({ limit: formatDuration(fired.limitMs, text.figures) });
}
