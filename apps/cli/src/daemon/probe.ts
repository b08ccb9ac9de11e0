import { defineCommand } from "../command.ts";
import { dataDirectoryOption, findStateDirectory } from "./find-state-directory.ts";

export const daemonProbe = defineCommand({
  name: "daemon probe",
  summary: "Look for agent CLIs on this machine, and tell a running daemon to do so",
  format: "table",
  refusedInTask: true,
  options: { dataDir: dataDirectoryOption },
  async run(cli, { options }) {
    const { requestDaemonRefresh } = await import("@headcount/daemon/control/control-client");
    const { probeClis } = await import("./probe-clis.ts");
    const directory = await findStateDirectory(cli, options.dataDir);
    const refreshed = await requestDaemonRefresh(directory);
    return { clis: await probeClis(directory, cli.io.environment), refreshed };
  },
  print({ clis, refreshed }, printer) {
    printer.table(clis, [
      { title: "CLI", value: (found) => found.cli },
      { title: "NAME", value: (found) => found.title, shrinks: true },
      { title: "VERSION", value: (found) => found.version },
      { title: "STATE", value: (found) => found.problem ?? "ready" },
      { title: "WHERE", value: (found) => found.executable, shrinks: true },
    ]);
    for (const found of clis)
      if (found.repairHint) printer.hint(`${found.title}: ${found.repairHint}`);
    printer.hint(refreshed ? "The daemon looks again as well." : "No daemon runs on this machine.");
  },
});
