import { codex } from "@headcount/agent-drivers/clis/codex";
import { copilot } from "@headcount/agent-drivers/clis/copilot";
import { gemini } from "@headcount/agent-drivers/clis/gemini";
import { opencode } from "@headcount/agent-drivers/clis/opencode";
import { pi } from "@headcount/agent-drivers/clis/pi";
import { qwen } from "@headcount/agent-drivers/clis/qwen";
import type { NastyRow } from "./support/nasty-row.ts";
import { allOf, recorded, served, together, withoutWrites } from "./support/recordings.ts";

/** What the classes of tokens invite to miscount. Expected figures are those of the model server. */
export const rowsOfClasses: readonly NastyRow[] = [
  {
    trap: "input that contains cache reads, or reads and writes, or neither",
    elsewhere: "One rule for all books cached tokens twice with some and too few with others.",
    seenWith: "Codex and Copilot (both inside), Qwen Code and Gemini CLI (reads), pi (neither)",
    async feed(books) {
      const partial = { coverage: "partial" } as const;
      const model = "fake-large";
      const streams = [
        { spec: codex, lines: recorded("codex-app-server", "success") },
        { spec: copilot, lines: recorded("copilot-acp", "success"), model },
        { spec: pi, lines: recorded("pi", "success") },
        { spec: qwen, lines: recorded("qwen", "success"), ...partial },
        { spec: gemini, lines: recorded("gemini", "success"), ...partial },
      ];
      for (const stream of streams) {
        const run = await books.run(stream.spec.title);
        await run.stream(stream);
      }
    },
    expects: {
      models: [
        {
          provider: "fake",
          model: "fake-large",
          ...together(
            served("codex-app-server", "fake-large", "success"),
            served("pi", "fake-large", "success"),
          ),
          reasoning: 20,
          costUsd: "0.0105135",
          unpricedTokens: allOf(served("codex-app-server", "fake-large", "success")),
        },
        {
          provider: "unknown",
          model: "fake-large",
          ...together(
            served("copilot-acp", "fake-large", "success"),
            withoutWrites(served("qwen", "fake-large", "success")),
          ),
          costUsd: null,
          unpricedTokens: 2 * allOf(served("qwen", "fake-large", "success")),
        },
        {
          provider: "google",
          model: "gemini-2.5-pro",
          ...withoutWrites(served("gemini", "gemini-2.5-pro", "success")),
          reasoning: 20,
          // 2930 · 1.25 + 620 · 0.125 + 82 · 10 US dollars per million
          costUsd: "0.00456",
        },
      ],
      costUsd: "0.0150735",
    },
  },
  {
    trap: "reasoning inside of output or beside it",
    elsewhere: "It is added on top where output has it already, or lost where it has not.",
    seenWith: "OpenCode and Gemini CLI (beside), Codex (inside)",
    async feed(books) {
      const first = await books.run();
      const lines = recorded("opencode", "success");
      await first.stream({ spec: opencode, lines, model: "fake-large", coverage: "partial" });
      const second = await books.run();
      await second.stream({ spec: codex, lines: recorded("codex-app-server", "success") });
    },
    expects: {
      models: [
        {
          provider: "unknown",
          model: "fake-large",
          ...withoutWrites(served("opencode", "fake-large", "success")),
          reasoning: 20,
          costUsd: "0.010206",
        },
        {
          provider: "fake",
          model: "fake-large",
          ...served("codex-app-server", "fake-large", "success"),
          reasoning: 20,
          costUsd: null,
          unpricedTokens: allOf(served("codex-app-server", "fake-large", "success")),
        },
      ],
      costUsd: "0.010206",
    },
  },
  {
    trap: "a step that states its cost and no tokens",
    elsewhere: "Rows without tokens are dropped, and the money with them.",
    seenWith: "OpenCode and pi with providers that do not count",
    async feed(books) {
      const run = await books.run();
      const part = { id: "prt_1", reason: "stop", tokens: { input: 0, output: 0 }, cost: 0.0125 };
      const lines = [
        { type: "step_start", sessionID: "ses_1", part: {} },
        { type: "step_finish", sessionID: "ses_1", part },
      ];
      await run.stream({ spec: opencode, lines, model: "acme/silent", coverage: "partial" });
    },
    expects: {
      models: [{ provider: "acme", model: "silent", costUsd: "0.0125" }],
      costUsd: "0.0125",
    },
  },
];
