import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { readTextFile } from "../input/long-text.ts";
import { requireOption } from "../input/require-option.ts";

export const daemonReplay = defineCommand({
  name: "daemon replay",
  summary: "Feed a recorded run of an agent CLI through its driver",
  details:
    "For those who add a CLI or look for a wrong number: shows the messages, the answer, how it ended and the usage that a real run would have booked.",
  options: {
    cli: { value: "NAME", summary: "agent CLI, like claude or codex (required)" },
    recording: { value: "FILE", summary: "what the CLI wrote (required)" },
    after: { value: "FILE", summary: "the earlier run of a resumed session" },
    model: { value: "MODEL", summary: "model of the run, for CLIs that never name it" },
  },
  examples: [
    "headcount daemon replay --cli claude --recording run.jsonl --output json",
    "headcount daemon replay --cli codex --recording second.jsonl --after first.jsonl",
  ],
  async run(cli, { options }) {
    const { cliSpecs, findCliSpec } = await import("@headcount/agent-drivers/clis/cli-specs");
    const { replayRecording } = await import("@headcount/agent-drivers/replay/replay-recording");
    const name = requireOption("cli", options.cli);
    const spec = findCliSpec(name);
    if (!spec) {
      const names = cliSpecs.map((one) => one.id).join(", ");
      throw invalidUse(`"${name}" is no agent CLI.`, `Choose from ${names}.`);
    }
    // The person who names a file on this machine may read it: agents have no use for this.
    const reader = cli.taskMode
      ? cli
      : { ...cli, global: { ...cli.global, allowExternalFile: true } };
    const recording = await readTextFile(reader, requireOption("recording", options.recording));
    const after = options.after === undefined ? null : await readTextFile(reader, options.after);
    return replayRecording(spec, recording, {
      ...(after === null ? {} : { after }),
      ...(options.model === undefined ? {} : { model: options.model }),
    });
  },
  json: ({ messages, answer, status, outcome, failureClass, sessionId, usage, coverage }) => ({
    messages,
    answer,
    status,
    outcome,
    failureClass,
    sessionId,
    usage,
    coverage,
  }),
  print(run, printer) {
    printer.fields([
      ["Status", run.status],
      ["Outcome", run.outcome],
      ["Failure", run.failureClass],
      ["Session", run.sessionId],
      ["Messages", run.messages.length],
      ["Answer", run.answer],
    ]);
    printer.table(run.usage, [
      { title: "MODEL", value: (one) => one.model, shrinks: true },
      { title: "INPUT", value: (one) => String(one.input), align: "right" },
      { title: "CACHE READ", value: (one) => String(one.cacheRead), align: "right" },
      { title: "WRITE 5M", value: (one) => String(one.cacheWrite5m), align: "right" },
      { title: "WRITE 1H", value: (one) => String(one.cacheWrite1h), align: "right" },
      { title: "OUTPUT", value: (one) => String(one.output), align: "right" },
    ]);
  },
});
