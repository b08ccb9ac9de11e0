import { claude } from "@headcount/agent-drivers/clis/claude";
import { codex } from "@headcount/agent-drivers/clis/codex";
import { copilot } from "@headcount/agent-drivers/clis/copilot";
import { gemini } from "@headcount/agent-drivers/clis/gemini";
import { kimi } from "@headcount/agent-drivers/clis/kimi";
import { opencode } from "@headcount/agent-drivers/clis/opencode";
import { pi } from "@headcount/agent-drivers/clis/pi";
import { qwen } from "@headcount/agent-drivers/clis/qwen";
import { claudeTotalsBefore, claudeTurn } from "./support/claude-lines.ts";
import { codexForkedThread } from "./support/codex-lines.ts";
import type { NastyRow } from "./support/nasty-row.ts";
import { recordsOfOpencode } from "./support/opencode-run.ts";
import { allOf, recorded, served, together, withoutWrites } from "./support/recordings.ts";

/** What the streams of CLIs invite to miscount. Expected figures are those of the model server. */
export const rowsOfStreams: readonly NastyRow[] = [
  {
    trap: "one message in several lines, each with its usage and a placeholder for its output",
    elsewhere: "Adding up lines counts the prompt once per content block and the output as 1.",
    seenWith: "Claude Code",
    async feed(books) {
      const run = await books.run();
      await run.stream({ spec: claude, lines: recorded("claude", "success") });
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-5",
          ...served("claude", "claude-sonnet-5", "success"),
          costUsd: "0.007009",
        },
      ],
      costUsd: "0.007009",
    },
  },
  {
    trap: "a killed run whose only figures are placeholders until its session file is read",
    elsewhere: "The reply stays booked with one output token, or is booked a second time.",
    seenWith: "Claude Code",
    async feed(books) {
      const lines = recorded("claude", "cancel-sigterm");
      const [{ session_id: sessionId }] = [JSON.parse(lines[0] ?? "{}") as { session_id: string }];
      const usage = {
        input_tokens: 1009,
        cache_read_input_tokens: 211,
        cache_creation_input_tokens: 307,
        output_tokens: 53,
      };
      const message = { id: "msg_fake_0001", model: "claude-sonnet-5", stop_reason: "tool_use" };
      const entry = {
        type: "assistant",
        isSidechain: false,
        sessionId,
        message: { ...message, usage },
      };
      const run = await books.run();
      await run.stream({
        spec: claude,
        lines,
        sessionFile: [entry, entry],
        killed: "killed",
        coverage: "partial",
      });
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-5",
          ...served("claude", "claude-sonnet-5", "cancel-sigterm"),
          costUsd: "0.0033577",
        },
      ],
      costUsd: "0.0033577",
    },
  },
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
  {
    trap: "a reply that was cut and asked for again",
    elsewhere: "Attempts that were never finished are booked as if they had been served.",
    seenWith: "Claude Code, pi",
    async feed(books) {
      const first = await books.run();
      const lines = recorded("claude-partial", "stream-cut");
      await first.stream({ spec: claude, lines, coverage: "partial" });
      const second = await books.run();
      await second.stream({ spec: pi, lines: recorded("pi", "stream-cut"), coverage: "partial" });
    },
    expects: {
      models: [
        {
          provider: "anthropic",
          model: "claude-sonnet-5",
          ...served("claude-partial", "claude-sonnet-5", "stream-cut"),
          costUsd: "0.007009",
        },
        {
          provider: "fake",
          model: "fake-large",
          ...served("pi", "fake-large", "stream-cut"),
          costUsd: "0.00503655",
        },
      ],
      costUsd: "0.01204555",
    },
  },
  {
    trap: "how full the context is, told in the place where others tell usage",
    elsewhere: "Occupancy is booked as consumption, again with every update.",
    seenWith: "Kimi Code, the Codex bridge, and the protocol's own usage_update",
    async feed(books) {
      const run = await books.run();
      await run.stream({ spec: kimi, lines: recorded("kimi-acp", "success"), coverage: "none" });
    },
    expects: { models: [], costUsd: null },
  },
  {
    trap: "a made-up reply that stands for an error of the provider",
    elsewhere: "A model named <synthetic> appears in the list of models.",
    seenWith: "Claude Code",
    async feed(books) {
      const run = await books.run();
      await run.stream({ spec: claude, lines: recorded("claude", "error-429") });
    },
    expects: { models: [], costUsd: null },
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
