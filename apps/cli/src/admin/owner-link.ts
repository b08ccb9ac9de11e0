import { defineCommand } from "../command.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";

export const adminOwnerLink = defineCommand({
  name: "admin owner-link",
  summary: "Print a new one-time link that makes its first user the owner",
  details:
    "On the machine of the server only, and only while there is no owner. Earlier links end.",
  format: "table",
  refusedInTask: true,
  options: { dataDir: { value: "PATH", summary: "data directory of the server" } },
  async run(cli, { options }) {
    const { openInstance } = await import("./open-instance.ts");
    const { mintOwnerLink } = await import("@headcount/server/users/owner-link");
    await using instance = await openInstance(cli, options.dataDir);
    const url = await mintOwnerLink(instance.app);
    if (url !== null) return { url };
    throw new CliError("This installation has an owner already.", {
      exitCode: exitCodes.conflict,
      nextStep: "Let somebody in with `headcount admin sign-in-link EMAIL`.",
    });
  },
  print({ url }, printer) {
    printer.line(url);
  },
});
