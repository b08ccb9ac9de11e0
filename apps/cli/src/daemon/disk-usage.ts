import { defineCommand } from "../command.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { dataDirectoryOption, findStateDirectory } from "./find-state-directory.ts";

export const daemonDiskUsage = defineCommand({
  name: "daemon disk-usage",
  summary: "Show what the daemon's folders take on the disk",
  details: "Inside of a task it shows the runtime that hosts the task only.",
  format: "table",
  options: { dataDir: dataDirectoryOption },
  async run(cli, { options }) {
    if (cli.taskMode) {
      const { measureFolder } = await import("./measure-folder.ts");
      return { folders: [await measureFolder("current directory", cli.io.workDirectory)] };
    }
    const { daemonFolders } = await import("./daemon-folders.ts");
    return { folders: await daemonFolders(cli, await findStateDirectory(cli, options.dataDir)) };
  },
  print({ folders }, printer) {
    printer.table(folders, [
      { title: "WHAT", value: (folder) => folder.name },
      { title: "SIZE", value: (folder) => formatBytes(folder.bytes), align: "right" },
      { title: "FILES", value: (folder) => folder.files, align: "right" },
      { title: "WHERE", value: (folder) => folder.path, shrinks: true },
    ]);
  },
});
