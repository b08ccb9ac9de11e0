import { defineCommand } from "../command.ts";
import { exitCodes } from "../errors/cli-error.ts";
import type { Check } from "./checks.ts";

export const doctor = defineCommand({
  name: "doctor",
  summary: "Check the server and this machine; with --run, a whole test task",
  details:
    "With --run, the tutorial agent works on a test issue on this machine, and every step from the queue to the booked usage is checked. Where nobody is signed in and the server's data directory can be read, it signs in with a token of its own; on a fresh installation it first makes an owner and a workspace, after asking. Ends with 0 only when all is well.",
  format: "table",
  refusedInTask: true,
  options: {
    run: { summary: "run a test task from beginning to end" },
    dataDir: { value: "PATH", summary: "data directory of this machine's server" },
  },
  examples: ["headcount doctor", "headcount doctor --run --yes --output json"],
  async run(cli, { options }) {
    const { examine } = await import("./examine.ts");
    const report = await examine(cli, { run: options.run ?? false, dataDir: options.dataDir });
    if (!report.ok) cli.endWith(exitCodes.failure);
    return report;
  },
  print(report, printer) {
    for (const check of report.checks) printer.line(lineOf(check));
    if (report.task) {
      const { usage, status, outcome } = report.task;
      printer.line(
        `\nTest task: ${status}, ${outcome ?? "no outcome"}; input ${usage.input}, cache read ${usage.cacheRead}, cache write ${usage.cacheWrite}, output ${usage.output}, cost ${usage.costUsd ?? "unknown"}`,
      );
    }
    const failed = report.checks.filter((check) => !check.ok).length;
    printer.line(failed === 0 ? "\nAll is well." : `\nProblems: ${failed}.`);
  },
});

function lineOf({ ok, name, detail, fix }: Check): string {
  const line = `${ok ? "ok   " : "FAIL "} ${name}: ${detail}`;
  return fix === "" ? line : `${line}\n      ${fix}`;
}
