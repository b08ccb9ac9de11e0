import type { LiveMark } from "@headcount/contract/live/series-schemas";
import type { AnnotationKind, ChartAnnotation } from "../../charts/time-series/chart-types.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { endText } from "../lists/event-text.ts";

const kindOf: Readonly<Record<LiveMark["kind"], AnnotationKind>> = {
  task_started: "task_started",
  task_ended: "task_ended",
  price_changed: "price_changed",
  budget_changed: "budget_changed",
  daemon_lost: "daemon_lost",
  daemon_back: "note",
};

/** What happened, as ticks with their sentences. */
export function marksOf(marks: readonly LiveMark[], text: Catalogue): readonly ChartAnnotation[] {
  return marks.map((mark) => ({
    id: mark.id,
    atMs: Date.parse(mark.at),
    kind: kindOf[mark.kind],
    text: sentenceOf(mark, text),
  }));
}

function sentenceOf(mark: LiveMark, text: Catalogue): string {
  const words = text.live.events;
  const of = { agent: mark.subject, issue: mark.issue?.key ?? "" };
  switch (mark.kind) {
    case "task_started":
      return words.taskStarted(of);
    case "task_ended":
      return endText(mark, of, text);
    case "price_changed":
      return words.priceChanged({ model: mark.subject });
    case "budget_changed":
      return words.budgetChanged({ budget: mark.subject });
    case "daemon_lost":
      return words.runtimeOffline({ runtime: mark.subject });
    case "daemon_back":
      return words.runtimeOnline({ runtime: mark.subject });
  }
}
