import { claude } from "@headcount/agent-drivers/clis/claude";
import { kimi } from "@headcount/agent-drivers/clis/kimi";
import { pi } from "@headcount/agent-drivers/clis/pi";
import type { NastyRow } from "./support/nasty-row.ts";
import { recorded, served } from "./support/recordings.ts";

/** What the lines about single calls invite to miscount. Expected figures are those of the model server. */
export const rowsOfCalls: readonly NastyRow[] = [
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
];
