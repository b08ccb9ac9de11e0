import { defineCommand } from "../command.ts";
import { connectionArgument, findConnection, printSecret } from "./connection-words.ts";

export const gitConnectionRotateSecret = defineCommand({
  name: "git-connection rotate-secret",
  summary: "Make another secret of a connection; the one before ends at once",
  details: "For admins and owners.",
  route: "git-connections.rotate-secret",
  refusedInTask: true,
  format: "table",
  arguments: { connection: connectionArgument },
  async run(cli, { argumentValues }) {
    const target = await findConnection(cli, argumentValues.connection);
    await cli.confirm("Make another secret? Deliveries are refused until GitHub has it.");
    return cli.call("git-connections.rotate-secret", target);
  },
  print: printSecret,
});
