import { defineCommand } from "../command.ts";

export const daemonStop = defineCommand({
  name: "daemon stop",
  summary: "Stop taking work on this machine; running tasks get half a minute",
  format: "table",
  refusedInTask: true,
  async run(cli) {
    const { stopDaemon } = await import("./stop-daemon.ts");
    return { stopped: await stopDaemon(cli, await cli.profile()) };
  },
  print({ stopped }, printer) {
    printer.line(stopped ? "The daemon has stopped." : "No daemon was running.");
  },
});
