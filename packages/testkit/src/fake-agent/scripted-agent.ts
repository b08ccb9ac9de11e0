import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { AgentProgram } from "./agent-program.ts";
import { type AgentScript, DEFAULT_SCRIPT } from "./agent-script.ts";
import { type RunCommand, readCommandLine } from "./command-line.ts";
import { writeLine } from "./line-writer.ts";
import { type Session, SessionStore } from "./session-store.ts";

/**
 * A program that stands in for Claude Code: speaks its stream-json protocol on stdin and stdout and
 * does what the JSON file in FAKE_AGENT_SCRIPT says. Sessions are kept below FAKE_AGENT_HOME.
 */
async function main(): Promise<number> {
  const environment = process.env;
  const isRoot = process.getuid?.() === 0;
  const command = readCommandLine(process.argv.slice(2), { isRoot, environment });
  if (command.kind === "print") return say(process.stdout, command.text, 0);
  if (command.kind === "refuse") return say(process.stderr, command.reason, 1);
  const home = environment["FAKE_AGENT_HOME"] ?? join(homedir(), ".fake-agent");
  const store = new SessionStore(home);
  if (command.resume === undefined) return run(command, store);
  const session = store.find(command.resume, process.cwd());
  return session === undefined ? refuseSession(command.resume) : run(command, store, session);
}

async function run(command: RunCommand, store: SessionStore, session?: Session): Promise<number> {
  const program = new AgentProgram(command, readScript(), store, session);
  let endedBySigint = false;
  process.on("SIGTERM", () => {
    if (program.isDeaf) return void process.stderr.write("SIGTERM is not heeded\n");
    // Ends the running tool at once; no result follows.
    program.interrupt();
    process.exit(143);
  });
  process.on("SIGINT", () => {
    endedBySigint = program.interrupt();
    program.endInput();
  });
  const exitCode = await program.run();
  // The real program ends well after SIGINT, with a result that is an error.
  return endedBySigint ? 0 : exitCode;
}

function readScript(): AgentScript {
  const file = process.env["FAKE_AGENT_SCRIPT"];
  if (file === undefined || file === "") return DEFAULT_SCRIPT;
  return JSON.parse(readFileSync(file, "utf8")) as AgentScript;
}

function refuseSession(id: string): number {
  const problem = `No conversation found with session ID: ${id}`;
  process.stderr.write(`${problem}\n`);
  writeLine({
    type: "result",
    subtype: "error_during_execution",
    is_error: true,
    num_turns: 0,
    session_id: id,
    total_cost_usd: 0,
    usage: { input_tokens: 0, output_tokens: 0 },
    modelUsage: {},
    errors: [problem],
  });
  return 1;
}

function say(stream: NodeJS.WriteStream, text: string, exitCode: number): number {
  stream.write(`${text}\n`);
  return exitCode;
}

// A reader that is gone is how the run ends, not an error of the run.
process.stdout.on("error", () => process.exit(1));
process.exitCode = await main();
// Nothing may keep the program alive after its last line; what is written is written before.
process.stdin.destroy();
