import { defineCommand } from "../command.ts";
import { connectionArgument, findConnection } from "./connection-words.ts";

export const gitConnectionDelete = defineCommand({
  name: "git-connection delete",
  summary: "Take nothing from a git host any more; what it has told stays",
  details: "For admins and owners.",
  route: "git-connections.delete",
  refusedInTask: true,
  format: "table",
  arguments: { connection: connectionArgument },
  async run(cli, { argumentValues }) {
    const target = await findConnection(cli, argumentValues.connection);
    await cli.confirm("Delete the connection and its secret?");
    return cli.call("git-connections.delete", target);
  },
  print(_reply, printer) {
    printer.line(printer.said("It is deleted. Its pull requests stay."));
  },
});
