import type { Route } from "@headcount/contract/kit/route";
import { AppError } from "../app-error.ts";
import type { RequestContext } from "./http-parts.ts";

/** What a request asks for, from its path and its query or body, before it is checked. */
export async function readInput(c: RequestContext, route: Route): Promise<Record<string, unknown>> {
  if (route.method === "GET" || route.method === "DELETE")
    return { ...c.req.query(), ...c.req.param() };
  const text = await c.req.text();
  if (text === "") return { ...c.req.param() };
  return { ...parseJsonObject(text), ...c.req.param() };
}

function parseJsonObject(text: string): Record<string, unknown> {
  const invalid = new AppError("invalid", "The request body is not a JSON object.", {
    reason: "invalid_json",
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw invalid;
  return value as Record<string, unknown>;
}
