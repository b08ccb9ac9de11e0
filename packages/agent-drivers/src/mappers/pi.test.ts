import { expect, it } from "vitest";
import { pi } from "../clis/pi.ts";
import type { Coverage } from "../core/types.ts";
import { replayRecording } from "../replay/replay-recording.ts";
import { readTranscript, transcriptNames } from "../testing/transcripts.ts";

const broken: Coverage = {
  level: "partial",
  reason: "A reply that was broken off is not counted.",
};
const exact: Coverage = { level: "exact", reason: "" };

/** Every cancel but the one in a tool came while a reply was on its way. */
function expectedOf(name: string): Coverage {
  const isBroken = name === "stream-cut" || /^cancel-(?!in-tool)/.test(name);
  return isBroken ? broken : exact;
}

it.each(transcriptNames("pi"))("pi/%s knows whether a reply is missing", (name) => {
  const { text, stderr, exit } = readTranscript("pi", name);
  expect(replayRecording(pi, text, { stderr, exit }).coverage).toEqual(expectedOf(name));
});

it("a cut that was made good stays known as missing", () => {
  const { text } = readTranscript("pi", "success");
  const cut = {
    role: "assistant",
    content: [],
    usage: {},
    stopReason: "error",
    errorMessage: "Connection error.",
  };
  const lines = [
    { type: "turn_start" },
    { type: "message_end", message: cut },
    { type: "turn_end", message: cut },
  ];
  const run = replayRecording(
    pi,
    `${lines.map((line) => JSON.stringify(line)).join("\n")}\n${text}`,
  );
  expect(run).toMatchObject({ status: "completed", coverage: broken });
});
