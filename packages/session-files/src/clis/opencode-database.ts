import { DatabaseSync } from "node:sqlite";
import { parseJsonObject } from "../kit/json.ts";
import type { SessionUsage } from "../session-usage.ts";
import { opencodeUsage } from "./opencode-step.ts";

/**
 * Every finished step with the session at the root of its family. Older sessions come first: in a
 * fork the history is a repetition. Tables as of OpenCode 1.18.
 */
const finishedSteps = `
  with recursive family(id, root, began) as (
    select id, id, time_created from session where parent_id is null
    union all
    select child.id, family.root, family.began
      from session child join family on child.parent_id = family.id
  )
  select coalesce(family.root, part.session_id) as root, part.session_id as session,
         message.data as message, part.data as step, part.message_id as messageId
  from part
  join message on message.id = part.message_id
  left join family on family.id = part.session_id
  where json_extract(part.data, '$.type') = 'step-finish'
  order by family.began, part.session_id, part.message_id, part.id`;

/** Model calls of all sessions in a database of OpenCode. */
export async function* readOpencodeDatabase(path: string): AsyncIterable<SessionUsage> {
  using database = new DatabaseSync(path, { readOnly: true });
  const seen = new Set<string>();
  let messageId: unknown = null;
  let index = 0;
  for (const row of database.prepare(finishedSteps).iterate()) {
    index = row["messageId"] === messageId ? index + 1 : 0;
    messageId = row["messageId"];
    const usage = opencodeUsage({
      message: parseJsonObject(String(row["message"])) ?? {},
      step: parseJsonObject(String(row["step"])) ?? {},
      index,
      sessionId: String(row["root"]),
      role: row["root"] === row["session"] ? "main" : "subagent",
    });
    if (usage === null || seen.has(usage.key)) continue;
    seen.add(usage.key);
    yield usage;
  }
}

/** How many sessions a person has started, and when the first and the last of them were used. */
export function countOpencodeSessions(path: string): {
  readonly sessions: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
} {
  using database = new DatabaseSync(path, { readOnly: true });
  const row = database
    .prepare(
      `select count(*) as sessions, min(time_created) as first, max(time_updated) as last
       from session where parent_id is null`,
    )
    .get();
  const timeOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
  return {
    sessions: Number(row?.["sessions"] ?? 0),
    firstAtMs: timeOf(row?.["first"]),
    lastAtMs: timeOf(row?.["last"]),
  };
}
