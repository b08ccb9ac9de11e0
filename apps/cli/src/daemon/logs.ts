import { defineCommand } from "../command.ts";
import { dataDirectoryOption } from "./find-state-directory.ts";

export const daemonLogs = defineCommand({
  name: "daemon logs",
  summary: "Show the log of the daemon on this machine",
  format: "table",
  refusedInTask: true,
  options: {
    follow: { summary: "go on as it grows", short: "f" },
    lines: { value: "N", count: true, short: "n", summary: "how many lines, 50 unless stated" },
    dataDir: dataDirectoryOption,
  },
  async run(cli, { options }) {
    const { showLog } = await import("./show-log.ts");
    await showLog(cli, {
      dataDir: options.dataDir,
      lines: options.lines ?? 50,
      mode: options.follow ? "follow" : "once",
    });
  },
});
