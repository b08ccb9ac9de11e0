import type { LiveEvent } from "@headcount/contract/live/snapshot-schemas";
import type { Catalogue } from "../../i18n/catalogue.ts";

/** What happened, in one sentence of the reader's language without its time. */
export function eventText(event: LiveEvent, text: Catalogue): string {
  const issue = event.issue?.key ?? "";
  const who = event.actor.name;
  const agent = event.agent?.name ?? who;
  const words = text.live.events;
  switch (event.type) {
    case "task.started":
      return words.taskStarted({ agent, issue });
    case "task.ended":
      return endText(event, { agent, issue }, text);
    case "issue.created":
      return who === ""
        ? words.issueCreatedByNobody({ issue })
        : words.issueCreated({ who, issue });
    case "issue.moved":
      return words.issueMoved({ issue, status: statusText(event.status, text) });
    case "comment.created":
      return who === "" ? words.commentedByNobody({ issue }) : words.commented({ who, issue });
    case "runtime.online":
      return words.runtimeOnline({ runtime: event.runtimeName ?? "" });
    case "runtime.offline":
      return words.runtimeOffline({ runtime: event.runtimeName ?? "" });
  }
}

/** How the end of a task reads; charts say it too. */
export function endText(
  { outcome }: { readonly outcome: string | null },
  of: { readonly agent: string; readonly issue: string },
  text: Catalogue,
): string {
  const words = text.live.events;
  switch (outcome) {
    case "failed":
      return words.taskFailed(of);
    case "needs_input":
      return words.taskNeedsInput(of);
    case "cancelled":
      return words.taskCancelled(of);
    case null:
    default:
      return words.taskDone(of);
  }
}

function statusText(status: string | null, text: Catalogue): string {
  return text.states.category[status as keyof Catalogue["states"]["category"]] ?? status ?? "";
}
