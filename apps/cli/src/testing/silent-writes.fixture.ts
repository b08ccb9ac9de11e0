import { openOwnerConnection } from "@headcount/server/platform/database";

/** Sees every write of a database from now on. */
export type WriteWatch = {
  /**
   * The tables that each transaction has written which told of no change, as one line for each
   * distinct set of tables.
   */
  silent(): Promise<readonly string[]>;
  /** How many transactions have told of a change. */
  told(): Promise<number>;
};

/** Notes with triggers which transaction writes which table, over every table of the database. */
export async function watchWrites(databaseUrl: string): Promise<WriteWatch> {
  const ask = async <T>(text: string): Promise<T[]> => {
    const sql = openOwnerConnection(databaseUrl);
    try {
      return (await sql.unsafe(text)) as unknown as T[];
    } finally {
      await sql.end({ timeout: 2 });
    }
  };
  await ask(`
    create table writes_seen (transaction xid8, relation text, primary key (transaction, relation));
    create function note_write() returns trigger language plpgsql security definer as $$ begin
      insert into writes_seen values (pg_current_xact_id(), tg_argv[0]) on conflict do nothing;
      return null;
    end $$;
    do $$ declare relation text; begin
      for relation in select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and not c.relispartition and c.relname <> 'writes_seen'
      loop
        execute format('create trigger note_write after insert or update or delete on %I
          for each row execute function note_write(%L)', relation, relation);
      end loop;
    end $$;`);
  const perTransaction = `
    select string_agg(relation, ' ' order by relation) as tables, bool_or(relation = 'changes') as told
    from writes_seen group by transaction`;
  return {
    async silent() {
      const rows = await ask<{ tables: string }>(
        `select distinct tables from (${perTransaction}) as t where not told order by tables`,
      );
      return rows.map(({ tables }) => tables);
    },
    async told() {
      const rows = await ask<{ tables: string }>(
        `select tables from (${perTransaction}) as t where told`,
      );
      return rows.length;
    },
  };
}
