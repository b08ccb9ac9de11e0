import type { RequestFacts } from "../context.ts";
import { ipPrefix } from "../ip-prefix.ts";
import type { RequestContext } from "./http-parts.ts";

/** What is kept of where a request came from. */
export function requestFacts(c: RequestContext): RequestFacts {
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  const address = bindings?.incoming?.socket?.remoteAddress;
  return {
    ipPrefix: ipPrefix(address),
    userAgent: (c.req.header("user-agent") ?? "").slice(0, 200),
  };
}
