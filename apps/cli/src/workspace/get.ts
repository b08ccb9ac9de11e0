import { defineCommand } from "../command.ts";

export const workspaceGet = defineCommand({
  name: "workspace get",
  summary: "Show one workspace, the one in use unless named",
  route: "workspaces.get",
  arguments: { workspace: { summary: "slug or id", optional: true } },
  async run(cli, { argumentValues }) {
    return cli.call("workspaces.get", {
      workspace: argumentValues.workspace ?? (await cli.workspace()),
    });
  },
});
