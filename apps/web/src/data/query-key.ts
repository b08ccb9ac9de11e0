import type { Route } from "@headcount/contract/kit/route";

/** `[routeName, workspaceId, input]`; shorter keys match everything that begins with them. */
export type QueryKey = readonly [route: string, workspace?: string | null, input?: unknown];

/** The cache key of one read. The workspace stands apart so that no other workspace's rows can show. */
export function queryKey(
  route: Pick<Route, "name">,
  input: Readonly<Record<string, unknown>>,
): QueryKey {
  return [route.name, workspaceOf(input), input];
}

/** Every read of a route, by its name, in one workspace, or of the same inputs where `input` is given in part. */
export function partialKey(
  routeName: string,
  workspaceId: string,
  input?: Readonly<Record<string, unknown>>,
): QueryKey {
  return input === undefined ? [routeName, workspaceId] : [routeName, workspaceId, input];
}

function workspaceOf(input: Readonly<Record<string, unknown>>): string | null {
  const workspace = input["workspace"];
  return typeof workspace === "string" ? workspace : null;
}
