import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";

export const daemonStart = defineCommand({
  name: "daemon start",
  summary: "Let this machine take work",
  details:
    "Starts the daemon of this profile in the background. The machine must be enrolled: `headcount setup` does that.",
  format: "table",
  refusedInTask: true,
  options: {
    foreground: { summary: "stay in this terminal and show its log" },
    deviceName: { value: "NAME", summary: "what people call this machine" },
    workRoot: { value: "PATH", summary: "where agents work" },
    pollInterval: { value: "TIME", summary: "longest pause between questions, like 30s" },
    maxTasks: { value: "N", count: true, summary: "tasks at once" },
  },
  async run(cli, { options }) {
    const { daemonEnvironment } = await import("./daemon-environment.ts");
    const profile = await cli.profile();
    const environment = daemonEnvironment(cli.io.environment, profile, options);
    if (!options.foreground) {
      const { startInBackground } = await import("./start-in-background.ts");
      return startInBackground(cli, profile, environment);
    }
    if (cli.global.output === "json") throw invalidUse("--foreground has no output in JSON.");
    const { runInForeground } = await import("./run-in-foreground.ts");
    await runInForeground(cli, profile, environment);
    return undefined;
  },
  print(started, printer) {
    if (!started) return;
    printer.line(`The daemon runs as process ${started.pid}.`);
    printer.hint(`Log: ${started.log}`);
  },
});
