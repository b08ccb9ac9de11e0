import { describe, expect, it } from "vitest";
import { copilot } from "../clis/copilot.ts";
import { gemini } from "../clis/gemini.ts";
import { kimi } from "../clis/kimi.ts";
import { opencode } from "../clis/opencode.ts";
import { pi } from "../clis/pi.ts";
import { qwen } from "../clis/qwen.ts";
import type { CliSpec } from "../core/cli-spec.ts";
import type { FailureClass } from "../core/types.ts";
import { replayRecording, type ReplayedRun } from "../replay/replay-recording.ts";
import {
  readTranscript,
  tokensByModel,
  transcriptNames,
  type ServedTokens,
} from "../testing/transcripts.ts";

const specs: Readonly<Record<string, CliSpec>> = {
  gemini,
  qwen,
  opencode,
  pi,
  copilot,
  kimi,
};
const recordings = Object.keys(specs).flatMap((folder) =>
  transcriptNames(folder).map((name) => ({ folder, name })),
);
const endedWell = /^(success|resume-\d|retry-429|subagent)$/;
const successes = recordings.filter(({ name }) => endedWell.test(name));
const others = recordings.filter(({ name }) => !endedWell.test(name));

/** Refusals of the provider that a CLI stated before it ended. */
const refusals: Readonly<Record<string, FailureClass>> = {
  "error-400": "provider_quota_limit",
  "error-401": "provider_auth_or_access",
  "error-429": "provider_capacity_or_rate_limit",
  "error-500": "provider_server_error",
};
/** Cases in which the CLI was still trying again when it was ended, and had said nothing anywhere. */
const silent = new Set(["qwen/error-500", "opencode/error-500"]);

function replay(folder: string, name: string): ReplayedRun {
  const spec = specs[folder];
  if (spec === undefined) throw new Error(`no row for ${folder}`);
  const { text, stderr, exit } = readTranscript(folder, name);
  const earlier = name === "resume-2" ? readTranscript(folder, "resume-1").text : null;
  return replayRecording(spec, text, {
    stderr,
    exit,
    ...(earlier === null ? {} : { after: earlier }),
  });
}

function classOf(folder: string, name: string): FailureClass {
  const refusal = refusals[name.replace("-default-retries", "")];
  if (refusal !== undefined && !silent.has(`${folder}/${name}`)) return refusal;
  const told = ["pi", "gemini", "copilot", "kimi"].includes(folder);
  if (name === "stream-cut" && told) return "provider_network";
  // Gemini CLI exits 0 when it is stopped.
  if (name.startsWith("cancel") && folder === "gemini") return "empty_or_unparseable_output";
  return "process_failure";
}

/** What streams that do not tell cache writes apart can be held to. */
function withoutWriteSplit(tokens: ServedTokens | undefined): unknown {
  if (tokens === undefined) return null;
  const { input, cacheRead, cacheWrite, output } = tokens;
  return { uncached: input + cacheWrite, cacheRead, output };
}

describe("recordings of plain event streams", () => {
  it.each(successes)("$folder/$name succeeds with its answer", ({ folder, name }) => {
    const run = replay(folder, name);
    expect(run.status).toBe("completed");
    expect(run.answer).toBe(name === "resume-2" ? "done again" : "done");
    expect(run.sessionId).not.toBeNull();
    const uses = run.messages.filter((item) => item.type === "tool_use");
    const results = run.messages.filter((item) => item.type === "tool_result");
    expect(uses).toHaveLength(name === "resume-2" ? 0 : 1);
    expect(results.map((item) => item.callId)).toEqual(uses.map((item) => item.callId));
  });

  it.each(others)("INV-20 $folder/$name is no success", ({ folder, name }) => {
    const run = replay(folder, name);
    expect(run.status).toBe("failed");
    expect(run.answer).toBe("");
    expect(run.failureClass).toBe(classOf(folder, name));
  });

  it.each(recordings.filter(({ folder }) => folder === "copilot" || folder === "kimi"))(
    "$folder/$name says that the stream holds no tokens",
    ({ folder, name }) => {
      const run = replay(folder, name);
      expect(run.usage).toEqual([]);
      expect(run.coverage.level).toBe("none");
    },
  );

  it.each(recordings.filter(({ folder }) => folder === "pi"))(
    "pi/$name books what was served",
    ({ folder, name }) => {
      expect(tokensByModel(replay(folder, name).usage)).toEqual(
        readTranscript(folder, name).served,
      );
    },
  );

  it.each(successes.filter(({ folder }) => folder === "gemini" || folder === "qwen"))(
    "$folder/$name books what was served, cache writes as input",
    ({ folder, name }) => {
      const run = replay(folder, name);
      const { served } = readTranscript(folder, name);
      const counted = tokensByModel(run.usage);
      expect(Object.keys(counted)).toEqual(Object.keys(served));
      for (const [model, tokens] of Object.entries(served)) {
        expect(withoutWriteSplit(counted[model])).toEqual(withoutWriteSplit(tokens));
      }
      expect(run.coverage.level).toBe("partial");
    },
  );

  it.each(successes.filter(({ folder }) => folder === "opencode"))(
    "opencode/$name books its own loop and says what is missing",
    ({ folder, name }) => {
      const run = replay(folder, name);
      const main = name === "resume-2" ? "fake-small" : "fake-large";
      const { served } = readTranscript(folder, name);
      expect(withoutWriteSplit(tokensByModel(run.usage)["opencode"])).toEqual(
        withoutWriteSplit(served[main]),
      );
      expect(run.coverage.reason).toContain("subagents");
    },
  );

  it.each(successes)(
    "INV-20 $folder/$name cut before its end is no success",
    ({ folder, name }) => {
      const spec = specs[folder];
      const lines = readTranscript(folder, name).text.trimEnd().split("\n");
      for (let kept = 0; kept < lines.length; kept += 1) {
        const cut = lines.slice(0, kept).join("\n");
        const run =
          spec === undefined
            ? null
            : replayRecording(spec, cut, { exit: { code: 0, signal: null } });
        expect(run?.status, `after ${kept} lines`).toBe("failed");
      }
    },
  );
});
