import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findRuntime } from "../find/find-runtime.ts";

export const runtimeUpdate = defineCommand({
  name: "runtime update",
  summary: "Rename a runtime, or share it with the workspace",
  route: "runtimes.update",
  arguments: { runtime: { summary: "name or id" } },
  options: {
    name: { value: "NAME", summary: "new name, or `default`" },
    sharing: { value: "MODE", choices: ["private", "workspace"], summary: "who may use it" },
  },
  examples: ["headcount runtime update laptop --sharing workspace"],
  async run(cli, { argumentValues, options }) {
    if (options.name === undefined && options.sharing === undefined) {
      throw invalidUse("Nothing to change was named.", "Use --name or --sharing.");
    }
    const { id } = await findRuntime(cli, argumentValues.runtime);
    return cli.call("runtimes.update", {
      workspace: await cli.workspace(),
      runtimeId: id,
      ...(options.name === undefined
        ? {}
        : { customName: options.name === "default" ? null : options.name }),
      ...(options.sharing === undefined
        ? {}
        : { sharing: options.sharing === "workspace" ? "workspace" : "private" }),
    });
  },
});
