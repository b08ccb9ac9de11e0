// The real agent programs, driven by the whole product against the scripted model server. Without arguments the core
// set: Claude Code and Codex in every case, OpenCode and Gemini CLI in one. What stands behind `--` goes to vitest.
//   --all          every case of every CLI
//   --cli NAME     every case of one CLI (may be given several times)
//   --output json  the closing table as one line of JSON
import { parseArgs } from "node:util";

import { runVitest } from "./lib/run-vitest.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: "boolean", default: false },
    cli: { type: "string", multiple: true, default: [] },
    output: { type: "string" },
  },
});

if (values.output !== undefined && values.output !== "json") {
  process.stderr.write(`--output knows only json, not ${values.output}\n`);
  process.exit(2);
}
if (values.all || values.cli.length > 0) process.env.HEADCOUNT_AGENT_STORIES = "all";
if (values.output === "json") process.env.HEADCOUNT_AGENT_TABLE = "json";

const files = values.cli.map((name) => `tests/agents/${name}.agents.test.ts`);
process.exitCode = await runVitest([
  "--config",
  "vitest.agents.config.ts",
  "--reporter=./tests/agents/support/story-table.ts",
  ...files,
  ...positionals,
]);
