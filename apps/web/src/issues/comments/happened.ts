import type { Activity } from "@headcount/contract/issues/schemas";
import type { NameOf } from "./use-names.ts";
import type { Catalogue } from "../../i18n/catalogue.ts";

/** What happened, as one sentence in the reader's language. */
export function happened(activity: Activity, text: Catalogue, nameOf: NameOf): string {
  const actor = activity.actor.name;
  const detail = (name: string): string => {
    const value = activity.details[name];
    return typeof value === "string" ? value : "";
  };
  const say = text.issues.happened;
  const statuses: Readonly<Record<string, string>> = text.states.category;
  const priorities: Readonly<Record<string, string>> = text.states.priority;
  const agentId = detail("agentId");
  const agent = { agent: agentId === "" ? actor : nameOf("agent", agentId) };
  switch (activity.action) {
    case "status_changed": {
      const from = detail("from");
      const to = detail("to");
      return say.status_changed({ actor, from: statuses[from] ?? from, to: statuses[to] ?? to });
    }
    case "priority_changed": {
      const to = detail("to");
      return say.priority_changed({ actor, to: priorities[to] ?? to });
    }
    case "assignee_changed": {
      const toId = detail("toId");
      if (toId === "") return say.unassigned({ actor });
      const to = nameOf(detail("toType") === "agent" ? "agent" : "member", toId);
      return say.assignee_changed({ actor, to });
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
    case "guard_tripped":
      return say.guard_tripped(agent);
    case "created":
    case "title_changed":
    case "description_changed":
    case "project_changed":
    case "deleted":
    case "restored":
      return say[activity.action]({ actor });
    default:
      return say.other({ actor });
  }
}
