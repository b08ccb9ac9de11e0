import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { countAt, objectAt, parseJsonObject, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { noUsage } from "../../core/usage-counts.ts";
import type { FindCalls, FoundCall } from "./found-call.ts";

/** Source of figures that are read from OpenCode's own database. */
export const opencodeUsageSource = "opencode.database";

/**
 * Steps of a session and of the sessions its subagents had. One step is one model call; it is
 * written when the call and its tools are done. Tables as of OpenCode 1.18.
 */
const stepsOfSession = `
  with recursive family(id) as (
    select id from session where id = :session
    union select child.id from session child join family on child.parent_id = family.id
  )
  select part.id as id, part.session_id as session, part.data as step, message.data as message
  from part join message on message.id = part.message_id
  where part.session_id in (select id from family)
    and json_extract(part.data, '$.type') = 'step-finish'
    and part.time_created >= :since
  order by part.id`;

/** Model calls of this run in OpenCode's database; earlier steps belong to earlier runs. */
export const findOpencodeCalls: FindCalls = ({ environment, startedAtMs }, sessionId) => {
  const data = environment["XDG_DATA_HOME"] ?? join(environment["HOME"] ?? "", ".local", "share");
  const file = join(data, "opencode", "opencode.db");
  if (!existsSync(file)) return [];
  using database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare(stepsOfSession).all({ session: sessionId, since: startedAtMs });
  return rows.map((row) => foundCall(row, sessionId));
};

function foundCall(row: Readonly<Record<string, unknown>>, sessionId: string): FoundCall {
  const message = parseJsonObject(stringAt(row, "message") ?? "") ?? {};
  const step = parseJsonObject(stringAt(row, "step") ?? "") ?? {};
  return {
    id: stringAt(row, "id") ?? "",
    role: row["session"] === sessionId ? "main" : "subagent",
    reading: {
      model: stringAt(message, "modelID"),
      provider: stringAt(message, "providerID")?.toLowerCase() ?? null,
      raw: step,
      isConsistent: true,
      counts: countsOf(objectAt(step, "tokens")),
    },
  };
}

/** Its input excludes what was cached, and its output excludes reasoning. */
function countsOf(tokens: JsonObject): FoundCall["reading"]["counts"] {
  const cache = objectAt(tokens, "cache");
  const reasoning = countAt(tokens, "reasoning");
  return {
    ...noUsage,
    input: countAt(tokens, "input"),
    cacheRead: countAt(cache, "read"),
    cacheWrite5m: countAt(cache, "write"),
    output: countAt(tokens, "output") + reasoning,
    reasoning,
  };
}
