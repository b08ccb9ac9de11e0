import { defineCommand } from "../command.ts";
import { formatBytes } from "../output/format-bytes.ts";
import { dataDirectoryOption, findStateDirectory } from "./find-state-directory.ts";

export const daemonDiskUsage = defineCommand({
  name: "daemon disk-usage",
  summary: "Show what the daemon's folders take on the disk, and what it will free by itself",
  details:
    "The daemon looks every 2 hours for what nobody needs any more and removes it. Inside of a task it shows the current directory only.",
  format: "table",
  options: { dataDir: dataDirectoryOption },
  async run(cli, { options }) {
    if (cli.taskMode) {
      const { nameFolder } = await import("./name-folder.ts");
      const folders = [await nameFolder("current directory", cli.io.workDirectory)];
      return { folders, collectable: null, freeableBytes: null };
    }
    const [{ daemonFolders }, { readCollectable }] = await Promise.all([
      import("./daemon-folders.ts"),
      import("./read-collectable.ts"),
    ]);
    const state = await findStateDirectory(cli, options.dataDir);
    const folders = await daemonFolders(cli, state);
    return { folders, ...(await readCollectable(state)) };
  },
  print({ folders, collectable, freeableBytes }, printer) {
    printer.table(folders, [
      { title: "WHAT", value: (folder) => folder.name },
      { title: "SIZE", value: (folder) => formatBytes(folder.bytes), align: "right" },
      { title: "FILES", value: (folder) => folder.files, align: "right" },
      { title: "WHERE", value: (folder) => folder.path, shrinks: true },
    ]);
    if (collectable === null) {
      printer.hint("What will be freed is known while the daemon runs and reaches its server.");
      return;
    }
    printer.line("");
    printer.line(`${formatBytes(freeableBytes ?? 0)} will be freed.`);
    if (collectable.length === 0) return;
    printer.table(collectable, [
      { title: "WHAT", value: ({ kind }) => kind.replaceAll("_", " ") },
      { title: "SIZE", value: ({ bytes }) => formatBytes(bytes), align: "right" },
      { title: "WHY", value: ({ reason }) => reason },
      { title: "WHERE", value: ({ path }) => path, shrinks: true },
    ]);
  },
});
