import { claude } from "@headcount/agent-drivers/clis/claude";
import { codex } from "@headcount/agent-drivers/clis/codex";
import { opencode } from "@headcount/agent-drivers/clis/opencode";
import { qwen } from "@headcount/agent-drivers/clis/qwen";
import { claudeTotalsBefore, claudeTurn } from "./support/claude-lines.ts";
import { codexForkedThread } from "./support/codex-lines.ts";
import type { NastyRow } from "./support/nasty-row.ts";
import { recordsOfOpencode } from "./support/opencode-run.ts";
import { allOf, recorded, served, withoutWrites } from "./support/recordings.ts";

/** What running totals, and histories that come again, invite to miscount. Expected figures are those of the
 * model server where there is one. */
export const rowsOfTotals: readonly NastyRow[] = [
  {
    trap: "totals per model that go on over a resumed session",
    elsewhere: "The second run is booked with everything that the first had used already.",
    seenWith: "Claude Code from 2.1.330 on",
    async feed(books) {
      for (const name of ["resume-1", "resume-2"]) {
        const run = await books.run();
        await run.stream({ spec: claude, lines: recorded("claude-stdin", name) });
        await run.end();
      }
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-5",
          ...served("claude-stdin", "claude-sonnet-5", "resume-1", "resume-2"),
          costUsd: "0.0116343",
        },
      ],
      costUsd: "0.0116343",
      tasks: 2,
    },
  },
  {
    trap: "a run in between that was killed is missing in the totals of the next one",
    elsewhere: "A remembered baseline of 1177 takes 77 tokens too many off the fourth run.",
    seenWith: "Claude Code, which stores its totals only when it ends in good order",
    async feed(books) {
      const runs = [
        { before: null, turn: [1000, 10], after: [1000, 10] },
        { before: [1000, 10], turn: [100, 5], after: [1100, 15] },
        // Killed right after its result: nothing of it is stored.
        { before: [1100, 15], turn: [77, 3], after: [1177, 18] },
        { before: [1100, 15], turn: [601, 17], after: [1701, 32] },
      ] as const;
      for (const { before, turn, after } of runs) {
        const lines = [claudeTotalsBefore(before), ...claudeTurn("s-1", turn, after)];
        const run = await books.run();
        await run.stream({ spec: claude, lines, ...(before === null ? {} : { resumed: "s-1" }) });
      }
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-4-5",
          input: 1000 + 100 + 77 + 601,
          output: 10 + 5 + 3 + 17,
          costUsd: "0.005859",
        },
      ],
      costUsd: "0.005859",
    },
  },
  {
    trap: "a forked session that begins with the totals of the one it came from",
    elsewhere: "Every fork is booked with the whole history of its parent.",
    seenWith: "Claude Code with --fork-session, Codex with thread/fork",
    async feed(books) {
      const parent = await books.run();
      await parent.stream({ spec: claude, lines: claudeTurn("parent", [1000, 10], [1000, 10]) });
      for (const fork of ["fork-1", "fork-2"]) {
        const run = await books.run();
        await run.stream({
          spec: claude,
          lines: [claudeTotalsBefore([1000, 10]), ...claudeTurn(fork, [200, 4], [1200, 14])],
          resumed: "parent",
        });
      }
      const run = await books.run("Bea");
      await run.stream({ spec: codex, lines: codexForkedThread([5000, 500], [300, 30]) });
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-4-5",
          input: 1000 + 2 * 200,
          output: 10 + 2 * 4,
          costUsd: "0.00447",
        },
        { provider: "openai", model: "gpt-5.5", input: 300, output: 30, costUsd: "0.0024" },
      ],
      costUsd: "0.00687",
    },
  },
  {
    trap: "totals of a thread that a resumed run repeats before its first turn",
    elsewhere: "The replayed total is booked to the new run and to the model that it switched to.",
    seenWith: "Codex",
    async feed(books) {
      for (const name of ["resume-1", "resume-2"]) {
        const run = await books.run();
        await run.stream({ spec: codex, lines: recorded("codex-app-server", name) });
      }
    },
    expects: {
      models: [
        {
          provider: "fake",
          model: "fake-large",
          ...served("codex-app-server", "fake-large", "resume-1"),
          reasoning: 20,
          costUsd: null,
          unpricedTokens: allOf(served("codex-app-server", "fake-large", "resume-1")),
        },
        {
          provider: "fake",
          model: "fake-small",
          ...served("codex-app-server", "fake-small", "resume-2"),
          costUsd: null,
          unpricedTokens: allOf(served("codex-app-server", "fake-small", "resume-2")),
        },
      ],
      costUsd: null,
    },
  },
  {
    trap: "an interrupted turn that repeats the figure of the call before",
    elsewhere: "Adding up the last call's figures counts that call twice.",
    seenWith: "Codex",
    async feed(books) {
      const run = await books.run();
      const lines = recorded("codex-app-server", "cancel");
      await run.stream({ spec: codex, lines, coverage: "partial" });
    },
    expects: {
      models: [
        {
          provider: "fake",
          model: "fake-large",
          ...served("codex-app-server", "fake-large", "cancel"),
          reasoning: 13,
          costUsd: null,
          unpricedTokens: allOf(served("codex-app-server", "fake-large", "cancel")),
        },
      ],
      costUsd: null,
    },
  },
  {
    trap: "subagents that stand in the final totals only",
    elsewhere: "The stream's calls are those of the main loop: a third of the tokens is missing.",
    seenWith: "Claude Code",
    async feed(books) {
      const run = await books.run();
      await run.stream({ spec: claude, lines: recorded("claude", "subagent") });
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-5",
          ...served("claude", "claude-sonnet-5", "subagent"),
          costUsd: "0.007009",
        },
        {
          provider: "anthropic",
          model: "claude-haiku-5-5",
          ...served("claude", "claude-haiku-5-5", "subagent"),
          // Not in the price book: the CLI's own estimate counts.
          costUsd: "0.000231265",
        },
      ],
      costUsd: "0.007240265",
    },
  },
  {
    trap: "a reply that states the usage of its last model call only",
    elsewhere: "A turn with several calls is booked with its last one.",
    seenWith: "OpenCode over its agent protocol",
    async feed(books) {
      const run = await books.run();
      // The steps come from OpenCode's own database, as the driver reads it.
      const lines = recorded("opencode-acp", "success");
      await run.stream({ spec: opencode, lines, model: "fake-large", coverage: "none" });
      const session = "ses_1";
      const steps = await recordsOfOpencode(session, [
        { session, input: 1316, cacheRead: 211, output: 40, reasoning: 13 },
        { session, input: 1614, cacheRead: 409, output: 22, reasoning: 7 },
      ]);
      await run.report(steps);
      await run.report(steps);
    },
    expects: {
      models: [
        {
          provider: "fake",
          model: "fake-large",
          ...withoutWrites(served("opencode-acp", "fake-large", "success")),
          reasoning: 20,
          costUsd: null,
          unpricedTokens: allOf(served("opencode-acp", "fake-large", "success")),
        },
      ],
      costUsd: null,
    },
  },
  {
    trap: "a loaded session that replays its history with its old usage",
    elsewhere: "Every resumed run is booked with all calls of the session so far.",
    seenWith: "Qwen Code over its agent protocol",
    async feed(books) {
      for (const name of ["resume-1", "resume-2"]) {
        const run = await books.run();
        const lines = recorded("qwen-acp", name);
        await run.stream({ spec: qwen, lines, coverage: "partial" });
      }
    },
    expects: {
      models: [
        {
          provider: "unknown",
          model: "fake-large",
          ...withoutWrites(served("qwen-acp", "fake-large", "resume-1", "resume-2")),
          reasoning: 20,
          costUsd: null,
          unpricedTokens: allOf(served("qwen-acp", "fake-large", "resume-1", "resume-2")),
        },
      ],
      costUsd: null,
    },
  },
];
