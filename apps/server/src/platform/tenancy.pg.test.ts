import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { newId, type WorkspaceId } from "@headcount/contract/kit/ids";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { setWorkspace } from "./database.ts";

/** Tables without content of any workspace; `workspace_slugs` names workspaces and is global all the same. */
const globalTables = new Set([
  "daemon_tokens",
  "daemons",
  "instance_audit_entries",
  "instance_settings",
  "job_runs",
  "login_codes",
  "one_time_links",
  "personal_tokens",
  "rate_limits",
  "schema_migrations",
  "sessions",
  "usage_archived_months",
  "users",
  "workspace_slugs",
]);

describe("tenancy", () => {
  let test: TestApp;
  let owner: postgres.Sql;
  let tenantTables: string[];
  beforeAll(async () => {
    test = await createTestApp();
    owner = postgres(test.databaseUrl, { max: 1, onnotice: () => {} });
    const tables = await owner<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`;
    tenantTables = tables.map((table) => table.name).filter((name) => !globalTables.has(name));
  });
  afterAll(async () => {
    await owner.end();
    await test[Symbol.asyncDispose]();
  });

  it("INV-110 every primary key, unique index and foreign key of a tenant table begins with the workspace", async () => {
    const keys = await owner<{ table: string; name: string; first: string }[]>`
      select c.relname as table, i.relname as name, a.attname as first
      from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where n.nspname = 'public' and x.indisunique`;
    const wrongKeys = keys.filter(
      (key) => tenantTables.includes(key.table) && key.first !== "workspace_id",
    );
    expect(wrongKeys).toEqual([]);

    const references = await owner<
      { name: string; source: string; target: string; columns: string[] }[]
    >`
      select k.conname as name, s.relname as source, t.relname as target,
        array(select a.attname::text from unnest(k.conkey) with ordinality u(num, place)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by place) as columns
      from pg_constraint k join pg_class s on s.oid = k.conrelid join pg_class t on t.oid = k.confrelid
      where k.contype = 'f' and s.relnamespace = 'public'::regnamespace`;
    const wrongReferences = references.filter(
      (reference) =>
        tenantTables.includes(reference.source) &&
        !globalTables.has(reference.target) &&
        reference.columns[0] !== "workspace_id",
    );
    expect(wrongReferences).toEqual([]);
  });

  it("INV-110 tenant tables have no triggers of ours and are protected by row-level security", async () => {
    const triggers = await owner`select tgname from pg_trigger where not tgisinternal`;
    expect(triggers).toHaveLength(0);
    const unprotected = await owner<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`;
    expect(
      unprotected.map((table) => table.name).filter((name) => tenantTables.includes(name)),
    ).toEqual([]);
  });

  it("the application role owns nothing and cannot go around row-level security", async () => {
    const [role] = await owner<{ bypasses: boolean; superuser: boolean; owned: number }[]>`
      select rolbypassrls as bypasses, rolsuper as superuser,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = 'headcount_app'`;
    expect(role).toEqual({ bypasses: false, superuser: false, owned: 0 });
    const [me] = await test.app.database.pool<{ name: string }[]>`select current_user as name`;
    expect(me?.name).toBe("headcount_app");
  });

  it("INV-111 no tenant table yields a row without a workspace set, or with another one", async () => {
    await test.bob.call(issues.create, { workspace: "acme", title: "Somebody's secret" });
    const pool = test.app.database.pool;
    const [filled] = await owner<{ count: number }[]>`select count(*)::int as count from issues`;
    expect(filled?.count).toBeGreaterThan(0);
    for (const table of tenantTables) {
      const [unset] = await pool<
        { count: number }[]
      >`select count(*)::int as count from ${pool(table)}`;
      expect([table, unset?.count]).toEqual([table, 0]);
      const foreign = await pool.begin(async (tx) => {
        await setWorkspace(tx, newId<WorkspaceId>());
        return tx<{ count: number }[]>`select count(*)::int as count from ${tx(table)}`;
      });
      expect([table, foreign[0]?.count]).toEqual([table, 0]);
    }
  });

  it("INV-111 a row of another workspace cannot be written", async () => {
    await expect(
      test.app.database.pool.begin(async (tx) => {
        await setWorkspace(tx, newId<WorkspaceId>());
        await tx`insert into issue_prefixes (workspace_id, prefix) values (${test.workspaceId}, 'STOLEN')`;
      }),
    ).rejects.toThrow(/row-level security/);
  });
});
