import { defineCommand } from "../command.ts";

type UserRow = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isInstanceAdmin: boolean;
  readonly createdAt: Date;
};

export const adminUsers = defineCommand({
  name: "admin users",
  summary: "List everybody who has an account here",
  details: "On the machine of the server only.",
  format: "table",
  refusedInTask: true,
  options: { dataDir: { value: "PATH", summary: "data directory of the server" } },
  async run(cli, { options }) {
    const { openInstance } = await import("./open-instance.ts");
    await using instance = await openInstance(cli, options.dataDir);
    const items = await instance.app.database.pool<UserRow[]>`
      select id, name, email, is_instance_admin, created_at from users order by created_at`;
    return { items: [...items] };
  },
  print({ items }, printer) {
    printer.table(items, [
      { title: "NAME", value: (user) => user.name, shrinks: true },
      { title: "EMAIL", value: (user) => user.email, shrinks: true },
      { title: "ADMIN", value: (user) => (user.isInstanceAdmin ? "yes" : "") },
      { title: "SINCE", value: (user) => user.createdAt.toISOString().slice(0, 10) },
    ]);
  },
});
