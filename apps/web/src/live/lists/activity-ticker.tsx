import type { LiveEvent } from "@headcount/contract/live/snapshot-schemas";
import { Link } from "@tanstack/react-router";
import type { Catalogue } from "../../i18n/catalogue.ts";
import { useText } from "../../i18n/use-text.ts";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import type { TaskState } from "../../ui/task-state.ts";
import { Time } from "../../ui/time.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { eventText } from "./event-text.ts";
import { LiveSection } from "./live-section.tsx";

/** What has happened lately, newest first. */
export function ActivityTicker({ events }: { readonly events: readonly LiveEvent[] }) {
  const text = useText();
  return (
    <LiveSection
      title={text.live.activityTitle}
      empty={text.live.activityEmpty}
      isEmpty={events.length === 0}
    >
      <ol>
        {events.map((event) => (
          <EventRow key={event.seq} event={event} text={text} />
        ))}
      </ol>
    </LiveSection>
  );
}

function EventRow({ event, text }: { readonly event: LiveEvent; readonly text: Catalogue }) {
  const { slug } = useWorkspace();
  return (
    <li className="relative flex items-baseline gap-2.5 border-t border-line py-1.5 text-12 hover:bg-hover has-focus-visible:bg-hover">
      <StateGlyph
        state={stateOf(event)}
        size={11}
        decorative
        className="mx-1 shrink-0 self-center"
      />
      <span className="min-w-0 grow truncate">
        {event.issue === null ? (
          eventText(event, text)
        ) : (
          <Link
            to="/$slug/issues/$issueKey"
            params={{ slug, issueKey: event.issue.key }}
            className="after:absolute after:inset-0"
          >
            {eventText(event, text)} <span className="text-muted">{event.issue.title}</span>
          </Link>
        )}
      </span>
      <Time at={event.at} className="shrink-0 text-faint" />
    </li>
  );
}

function stateOf({ type, outcome }: LiveEvent): TaskState {
  switch (type) {
    case "task.started":
      return "running";
    case "task.ended":
      if (outcome === "failed") return "failed";
      return outcome === "done" || outcome === "no_response" ? "done" : "waiting";
    case "runtime.offline":
      return "failed";
    case "runtime.online":
      return "done";
    case "issue.created":
    case "issue.moved":
    case "comment.created":
      return "queued";
  }
}
