// oxlint-disable-next-line no-restricted-imports -- sources are read where the test runs, never in a browser
import { readdirSync, readFileSync } from "node:fs";
import { changeTypes } from "@headcount/contract/realtime/changes";
import { expect, test } from "vitest";
import { staleKeysOf } from "./stale.ts";

/** Reads that no change has to renew, with the reason. */
const askedAnew: Readonly<Record<string, string>> = {
  "account.list-sessions": "asked whenever its settings open",
  "account.list-tokens": "asked whenever its settings open",
  "auth.setup-state": "asked by whoever is not signed in; signing in forgets it",
  "comments.preview": "asked for what is typed, and held for seconds",
  "issues.preview": "asked for what is typed, and held for seconds",
  "join.preview": "asked by whoever follows a link; joining forgets it",
  "live.series": "asked by the live page at every change and as time passes",
  "live.snapshot": "asked by the live page at every change and as time passes",
};

const sources = new URL("..", import.meta.url);
/** It takes any route. */
const generic = "data/query.ts";

/** Names of the routes whose answers are kept, by `query(routes.one, …)` and `queryKey(routes.one, …)`. */
async function readsOfTheWeb(): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const path of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
    if (!/(?<!\.test)\.tsx?$/.test(path) || path === generic) continue;
    const source = readFileSync(new URL(path, sources), "utf8");
    for (const [, routes = "", route] of source.matchAll(
      /\b(?:query|queryKey)\(\s*(\w+)(?:\.(\w+))?,/g,
    )) {
      const imported = importOf(source, routes);
      if (imported === null) throw new Error(`${path} reads by ${routes}, which is no import`);
      const found = (await import(imported.module))[imported.name];
      names.add((route === undefined ? found : found[route]).name);
    }
  }
  return names;
}

/** Where a name comes from: `budgets` of that module for `routes` of `import { budgets as routes } …`. */
function importOf(source: string, local: string): { module: string; name: string } | null {
  for (const [, list = "", module = ""] of source.matchAll(
    /import \{([^}]*)\} from "(@headcount\/contract\/[^"]+)"/g,
  )) {
    for (const one of list.split(",")) {
      const [name = "", alias = name] = one.trim().split(" as ");
      if (alias === local) return { module, name };
    }
  }
  return null;
}

test("what the web reads is renewed by changes, or asked anew by itself for a stated reason", async () => {
  const renewed = changeTypes.flatMap((type) =>
    staleKeysOf(
      // Lines look at no more of a change than this.
      { type, entity: { id: "" }, changed: ["skills", "title"], data: {} } as never,
      "workspace",
    ).map(([name]) => name),
  );
  const known = new Set([...renewed, ...Object.keys(askedAnew)]);
  expect([...(await readsOfTheWeb())].toSorted()).toEqual([...known].toSorted());
});
