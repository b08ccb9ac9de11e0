import { defineCommand } from "../command.ts";

export const daemonRestart = defineCommand({
  name: "daemon restart",
  summary: "Stop the daemon and start it again with the present settings",
  format: "table",
  refusedInTask: true,
  async run(cli) {
    const { stopDaemon } = await import("./stop-daemon.ts");
    const { startInBackground } = await import("./start-in-background.ts");
    const { daemonEnvironment } = await import("./daemon-environment.ts");
    const profile = await cli.profile();
    await stopDaemon(cli, profile);
    const environment = daemonEnvironment(cli.io.environment, profile, {
      deviceName: undefined,
      workRoot: undefined,
      pollInterval: undefined,
      maxTasks: undefined,
    });
    return startInBackground(cli, profile, environment);
  },
  print(started, printer) {
    printer.line(`The daemon runs as process ${started.pid}.`);
    printer.hint(`Log: ${started.log}`);
  },
});
