import { defineCommand } from "../command.ts";
import { usageWord, verifiedWord } from "../output/usage-word.ts";
import { dataDirectoryOption, findStateDirectory } from "./find-state-directory.ts";
import type { ProbedCli } from "./probe-clis.ts";

export const daemonProbe = defineCommand({
  name: "daemon probe",
  summary: "Look for agent CLIs on this machine, and tell a running daemon to do so",
  details:
    "Starts each program for a moment to hear its models and whether it is signed in; no model is called, so it costs nothing.",
  format: "table",
  refusedInTask: true,
  options: {
    dataDir: dataDirectoryOption,
    quick: { summary: "only look for programs and their versions" },
  },
  async run(cli, { options }) {
    const { requestDaemonRefresh } = await import("@headcount/daemon/control/control-client");
    const { probeClis } = await import("./probe-clis.ts");
    const stateDirectory = await findStateDirectory(cli, options.dataDir);
    const refreshed = await requestDaemonRefresh(stateDirectory);
    const depth = options.quick ? "versions" : "whole";
    const { environment } = cli.io;
    return { clis: await probeClis({ stateDirectory, environment, depth }), refreshed };
  },
  print({ clis, refreshed }, printer) {
    printer.table(clis, [
      { title: "CLI", value: (found) => found.cli },
      { title: "VERSION", value: (found) => found.version },
      { title: "VERIFIED", value: (found) => verifiedWord(found) },
      { title: "USAGE", value: (found) => usageWord(found.coverage) },
      { title: "STATE", value: stateOf },
      { title: "MODELS", value: modelsOf },
      { title: "WHERE", value: (found) => found.executable, shrinks: true },
    ]);
    for (const { title, repairHint, inspection } of clis) {
      if (repairHint) printer.hint(`${title}: ${repairHint}`);
      if (inspection?.signIn === "signed_out" && inspection.signInCommand !== null) {
        printer.hint(`${title} is not signed in: ${inspection.signInCommand}`);
      }
    }
    printer.hint(refreshed ? "The daemon looks again as well." : "No daemon runs on this machine.");
  },
});

function stateOf({ problem, inspection }: ProbedCli): string {
  if (problem !== null) return problem;
  return inspection?.signIn === "signed_out" ? "not_signed_in" : "ready";
}

/** How many, and whether they are the program's own. */
function modelsOf({ inspection }: ProbedCli): string | null {
  if (inspection === null) return null;
  const { models, modelsSource } = inspection;
  if (models.length === 0) return "none listed";
  return modelsSource === "cli" ? String(models.length) : `${models.length} known`;
}
