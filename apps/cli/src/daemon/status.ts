import { defineCommand } from "../command.ts";
import { dataDirectoryOption, findStateDirectory } from "./find-state-directory.ts";

export const daemonStatus = defineCommand({
  name: "daemon status",
  summary: "Show what the daemon on this machine does",
  details: "Inside of a task it shows the runtime that hosts the task.",
  format: "table",
  options: { dataDir: dataDirectoryOption },
  async run(cli, { options }) {
    if (cli.taskMode) {
      const { hostingRuntime } = await import("./hosting-runtime.ts");
      return { kind: "runtime" as const, runtime: await hostingRuntime(cli) };
    }
    const { readStatus } = await import("./read-status.ts");
    const { CliError } = await import("../errors/cli-error.ts");
    const directory = await findStateDirectory(cli, options.dataDir);
    const status = await readStatus(directory);
    if (status) return { kind: "daemon" as const, status };
    const { lastWords } = await import("./last-words.ts");
    throw new CliError(`No daemon runs on this machine${await lastWords(directory)}.`, {
      nextStep: "Start it with `headcount daemon start`.",
    });
  },
  json: (body) => (body.kind === "runtime" ? body.runtime : body.status),
  print(body, printer) {
    if (body.kind === "runtime") {
      const { runtime } = body;
      return printer.fields([
        ["Runtime", runtime.customName ?? runtime.name],
        ["Machine", runtime.machineName],
        ["Health", runtime.health],
        ["Slots", `${runtime.slots.free} of ${runtime.slots.total} free`],
      ]);
    }
    const { status } = body;
    printer.fields([
      ["Machine", status.deviceName],
      ["Process", status.pid],
      ["Phase", status.phase],
      ["Server", `${status.serverUrl} (${status.connected ? "connected" : "not reachable"})`],
      ["Told by", status.socketOpen ? "socket" : "asking"],
      ["Slots", `${status.slots.free} of ${status.slots.total} free`],
      ["Outbox", `${status.outbox.depth} records`],
      ["Problem", status.machineProblem],
      ["Workspaces", status.workspaces.map((workspace) => workspace.slug).join(", ")],
      ["Started", status.startedAt],
      ...status.workspaces.flatMap(({ slug, refusal }) =>
        refusal === null ? [] : [[`Refused by ${slug}`, refusal] as const],
      ),
    ]);
    printer.line("");
    printer.table(status.clis, [
      { title: "CLI", value: (cli) => cli.cli },
      { title: "NAME", value: (cli) => cli.title, shrinks: true },
      { title: "VERSION", value: (cli) => cli.version },
      { title: "STATE", value: (cli) => cli.problem ?? "ready" },
    ]);
    if (status.tasks.length === 0) return;
    printer.line("");
    printer.table(status.tasks, [
      { title: "ISSUE", value: (task) => task.issueKey },
      { title: "AGENT", value: (task) => task.agentName, shrinks: true },
      { title: "CLI", value: (task) => task.cli },
      { title: "STEP", value: (task) => task.step },
      { title: "TASK", value: (task) => task.taskId },
    ]);
  },
});
