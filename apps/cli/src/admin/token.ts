import { defineCommand } from "../command.ts";

const defaultHours = 24;

export const adminToken = defineCommand({
  name: "admin token",
  summary: "Print a personal token for somebody, for scripts on this machine",
  details:
    "On the machine of the server only. It is noted in the audit log, and its owner sees it among their tokens.",
  format: "table",
  refusedInTask: true,
  arguments: { email: { summary: "whose; the first owner's unless named", optional: true } },
  options: {
    hours: { value: "N", count: true, summary: "how long it is valid, 24 unless stated" },
    dataDir: { value: "PATH", summary: "data directory of the server" },
  },
  examples: ["headcount admin token | headcount login --token-stdin"],
  async run(cli, { argumentValues, options }) {
    const { openInstance } = await import("./open-instance.ts");
    const { getUserOrOwner } = await import("./find-user.ts");
    const { mintToken } = await import("./mint-token.ts");
    await using instance = await openInstance(cli, options.dataDir);
    const user = await getUserOrOwner(instance.app, argumentValues.email);
    const token = await mintToken(instance.app, user, {
      name: "Made on the server's machine",
      hours: options.hours ?? defaultHours,
    });
    return { value: token.value, email: user.email, expiresAt: token.expiresAt.toISOString() };
  },
  print({ value, email, expiresAt }, printer) {
    printer.line(value);
    printer.hint(`For ${email}, valid until ${expiresAt}.`);
  },
});
