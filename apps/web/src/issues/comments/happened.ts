import type { Activity } from "@headcount/contract/issues/schemas";
import type { Catalogue } from "../../i18n/catalogue.ts";

/** What happened, as one sentence in the reader's language. */
export function happened(activity: Activity, text: Catalogue): string {
  const actor = activity.actor.name;
  const detail = (...names: readonly string[]): string => {
    for (const name of names) {
      const value = activity.details[name];
      if (typeof value === "string" && value !== "") return value;
    }
    return "";
  };
  const say = text.issues.happened;
  const statuses: Readonly<Record<string, string>> = text.states.category;
  const priorities: Readonly<Record<string, string>> = text.states.priority;
  const agent = { agent: detail("agentName", "agent") || actor };
  switch (activity.action) {
    case "status_changed": {
      const from = detail("from", "previous", "previousStatus");
      const to = detail("to", "status");
      return say.status_changed({ actor, from: statuses[from] ?? from, to: statuses[to] ?? to });
    }
    case "priority_changed": {
      const to = detail("to", "priority");
      return say.priority_changed({ actor, to: priorities[to] ?? to });
    }
    case "assignee_changed": {
      const to = detail("toName", "assigneeName", "to", "name");
      return to === "" ? say.unassigned({ actor }) : say.assignee_changed({ actor, to });
    }
    case "task_queued":
      return say.task_queued(agent);
    case "task_started":
      return say.task_started(agent);
    case "task_completed":
      return say.task_completed(agent);
    case "task_failed":
      return say.task_failed(agent);
    case "task_cancelled":
      return say.task_cancelled(agent);
    case "created":
    case "title_changed":
    case "description_changed":
    case "project_changed":
    case "guard_tripped":
    case "deleted":
    case "restored":
      return say[activity.action]({ actor });
    default:
      return say.other({ actor });
  }
}
