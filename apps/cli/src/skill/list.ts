import { defineCommand } from "../command.ts";
import { formatBytes } from "../output/format-bytes.ts";

export const skillList = defineCommand({
  name: "skill list",
  summary: "List the skills of the workspace",
  details: "Skills that come with the product are given to every agent and stand at the end.",
  route: "skills.list",
  format: "table",
  async run(cli) {
    return cli.call("skills.list", { workspace: await cli.workspace() });
  },
  print({ items, builtIns }, printer) {
    const short = printer.shortIds(items.map((skill) => skill.id));
    const own = items.map((skill) => ({
      ...skill,
      files: String(skill.fileCount),
      agents: String(skill.agentCount),
      labelled: skill.labels.join(", "),
      shown: short(skill.id),
    }));
    const given = builtIns.map((skill) => ({
      ...skill,
      files: String(skill.files.length + 1),
      agents: "all",
      labelled: "",
      shown: "built in",
    }));
    printer.table(
      [...own, ...given],
      [
        { title: "NAME", value: (row) => row.name },
        { title: "DESCRIPTION", value: (row) => row.description, shrinks: true },
        { title: "LABELS", value: (row) => row.labelled, shrinks: true },
        { title: "FILES", value: (row) => row.files, align: "right" },
        { title: "SIZE", value: (row) => formatBytes(row.sizeBytes), align: "right" },
        { title: "AGENTS", value: (row) => row.agents, align: "right" },
        { title: "ID", value: (row) => row.shown },
      ],
    );
  },
});
