import type { Route } from "@headcount/contract/kit/route";

export type BuiltRequest = {
  readonly url: string;
  /** JSON text, or null where the method carries none. */
  readonly body: string | null;
};

/**
 * Lays an input object out over one request: `:name` parts of the path first, then the query of
 * GET and DELETE (lists joined by commas, absent values left out) or the JSON body of the others.
 *
 * @throws Error when a path parameter is missing: a mistake of the caller, not of the network
 */
export function buildRequest(
  baseUrl: string,
  route: Pick<Route, "name" | "method" | "path">,
  input: Readonly<Record<string, unknown>>,
): BuiltRequest {
  const inPath = new Set<string>();
  const path = route.path.replace(/:([A-Za-z]\w*)/g, (_, name: string) => {
    const value = input[name];
    if (value === undefined || value === null) {
      throw new Error(`${route.name} needs the path parameter "${name}"`);
    }
    inPath.add(name);
    return encodeURIComponent(scalarText(value));
  });
  const rest = Object.entries(input).filter(([key]) => !inPath.has(key));
  const url = `${baseUrl.replace(/\/+$/, "")}${path}`;
  if (route.method !== "GET" && route.method !== "DELETE") {
    return { url, body: JSON.stringify(Object.fromEntries(rest)) };
  }
  const query = new URLSearchParams();
  for (const [key, value] of rest) {
    if (value === undefined || value === null) continue;
    query.set(key, Array.isArray(value) ? value.map(scalarText).join(",") : scalarText(value));
  }
  const text = query.toString();
  return { url: text === "" ? url : `${url}?${text}`, body: null };
}

function scalarText(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value);
}
