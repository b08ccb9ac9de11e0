import { defineCommand } from "../command.ts";

export const workspaceSwitch = defineCommand({
  name: "workspace switch",
  summary: "Use a workspace from now on in this profile",
  format: "table",
  refusedInTask: true,
  arguments: { workspace: { summary: "slug or id" } },
  async run(cli, { argumentValues }) {
    const found = await cli.call("workspaces.get", { workspace: argumentValues.workspace });
    const profile = await cli.profile();
    await profile.save({ ...profile.config, workspace: found.slug });
    return found;
  },
  print(workspace, printer) {
    printer.line(`Commands use ${workspace.name} (${workspace.slug}) now.`);
  },
});
