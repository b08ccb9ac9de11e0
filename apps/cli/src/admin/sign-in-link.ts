import { defineCommand } from "../command.ts";

export const adminSignInLink = defineCommand({
  name: "admin sign-in-link",
  summary: "Print a link that signs somebody in once, within 15 minutes",
  details: "On the machine of the server only. It is noted in the audit log.",
  format: "table",
  refusedInTask: true,
  arguments: { email: { summary: "whom; the first owner unless named", optional: true } },
  options: { dataDir: { value: "PATH", summary: "data directory of the server" } },
  async run(cli, { argumentValues, options }) {
    const { openInstance } = await import("./open-instance.ts");
    const { getUserOrOwner } = await import("./find-user.ts");
    const { createSignInLink } = await import("@headcount/server/users/sign-in-link");
    await using instance = await openInstance(cli, options.dataDir);
    const { app } = instance;
    const user = await getUserOrOwner(app, argumentValues.email);
    const parts = { sql: app.database.pool, services: app.services, ipPrefix: null };
    const { url, expiresAt } = await createSignInLink(parts, user.id);
    return { url, email: user.email, expiresAt: expiresAt.toISOString() };
  },
  print({ url, email }, printer) {
    printer.line(url);
    printer.hint(`Signs ${email} in once, within 15 minutes.`);
  },
});
