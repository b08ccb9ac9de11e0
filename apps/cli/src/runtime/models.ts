import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { setTimeout as pause } from "node:timers/promises";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { CliError } from "../errors/cli-error.ts";
import { findRuntime } from "../find/find-runtime.ts";

const lookMs = 500;

export const runtimeModels = defineCommand({
  name: "runtime models",
  summary: "List the models that a runtime offers",
  details:
    "SOURCE cli: the program lists them itself. catalogue: it does not, and these are names that it is known to take. Any other name that the program takes can be asked for as well.",
  route: "runtimes.get",
  format: "table",
  arguments: { runtime: { summary: "name or id" } },
  options: {
    refresh: { summary: "have the machine ask its program anew, and wait for the answer" },
  },
  examples: ["headcount runtime models laptop --refresh"],
  async run(cli, { argumentValues, options }) {
    const found = await findRuntime(cli, argumentValues.runtime);
    const runtime = options.refresh ? await askAnew(cli, found.id) : found;
    const { models, inspection, cli: program } = runtime;
    return { cli: program, models, ...inspection };
  },
  print({ models, modelsSource, problem }, printer) {
    printer.table(
      models.map((model) => ({ model, modelsSource })),
      [
        { title: "MODEL", value: (row) => row.model },
        { title: "SOURCE", value: (row) => row.modelsSource },
      ],
    );
    if (problem !== null) printer.hint(problem);
  },
});

/** The server gives up on a silent machine within two minutes, and this with it. */
async function askAnew(cli: Cli, runtimeId: Runtime["id"]): Promise<Runtime> {
  const path = { workspace: await cli.workspace(), runtimeId };
  let runtime = await cli.call("runtimes.inspect", path);
  while (isOpen(runtime)) {
    await pause(lookMs);
    runtime = await cli.call("runtimes.get", path);
  }
  if (runtime.inspection.request !== "failed") return runtime;
  throw new CliError("The machine gave no answer in time.", {
    nextStep: "Look at `headcount daemon status` on that machine, then try again.",
  });
}

const isOpen = ({ inspection }: Runtime): boolean =>
  inspection.request === "pending" || inspection.request === "running";
