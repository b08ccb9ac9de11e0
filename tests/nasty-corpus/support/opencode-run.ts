import { mkdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { opencode } from "@headcount/agent-drivers/clis/opencode";
import type { RunOptions } from "@headcount/agent-drivers/core/types";
import { findOpencodeCalls } from "@headcount/agent-drivers/drivers/acp/opencode-database";
import { plainDialect } from "@headcount/agent-drivers/mappers/acp/acp-dialect";
import { AcpTurn } from "@headcount/agent-drivers/mappers/acp/acp-turn";
import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { bookItems } from "../../support/books/records-of-stream.ts";

/** One model call as OpenCode writes it down; its output leaves out reasoning. */
export type OpencodeStep = {
  readonly session: string;
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cacheRead: number;
};

/** The usage that a run of OpenCode sends when its database holds these steps. */
export async function recordsOfOpencode(
  session: string,
  steps: readonly OpencodeStep[],
): Promise<readonly UsageRecord[]> {
  await using home = await temporaryDirectory();
  writeDatabase(home.path, session, steps);
  const dialect = opencode.acp ?? plainDialect;
  const turn = new AcpTurn(
    { id: opencode.id, dialect, resumeRejected: [] },
    { model: null, resumeSessionId: null, baseline: null, usage: opencode.usage },
  );
  turn.sessionOpened({ sessionId: session });
  turn.promptSent();
  const items = findOpencodeCalls(optionsOf(home.path), session).flatMap((call) =>
    turn.callFound(call.id, call.reading, call.role),
  );
  return bookItems(items);
}

/** The tables and columns of OpenCode 1.18 that matter. */
function writeDatabase(home: string, session: string, steps: readonly OpencodeStep[]): void {
  mkdirSync(path.join(home, "opencode"));
  using database = new DatabaseSync(path.join(home, "opencode", "opencode.db"));
  database.exec(`
    create table session (id text primary key, parent_id text);
    create table message (id text primary key, session_id text, data text);
    create table part (id text primary key, message_id text, session_id text,
      time_created integer, data text);`);
  for (const id of new Set([session, ...steps.map((step) => step.session)])) {
    const parent = id === session ? null : session;
    database.prepare("insert into session values (?, ?)").run(id, parent);
  }
  steps.forEach((step, index) => {
    const message = { role: "assistant", modelID: "fake-large", providerID: "Fake" };
    const tokens = {
      input: step.input,
      output: step.output,
      reasoning: step.reasoning,
      cache: { read: step.cacheRead, write: 0 },
    };
    const part = { type: "step-finish", reason: "stop", tokens, cost: 0 };
    database
      .prepare("insert into message values (?, ?, ?)")
      .run(`msg_${index}`, step.session, JSON.stringify(message));
    database
      .prepare("insert into part values (?, ?, ?, ?, ?)")
      .run(`prt_${index}`, `msg_${index}`, step.session, index + 1, JSON.stringify(part));
  });
}

function optionsOf(home: string): RunOptions {
  return {
    executable: "opencode",
    launchPrefix: [],
    extraArguments: [],
    workDirectory: home,
    prompt: "",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: home,
    environment: { XDG_DATA_HOME: home },
    marker: "",
    startedAtMs: 0,
  };
}
