import { authoriseGlobal } from "../authorise.ts";
import type { DeliveryAnswer, DeliveryHandler } from "../command.ts";
import type { Principal } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { globalContext } from "./global-context.ts";
import type { HttpParts, RequestContext } from "./http-parts.ts";

/** Runs what takes the body of a request as it came. */
export async function runDeliveryHandler(
  parts: HttpParts,
  handler: DeliveryHandler,
  { c, principal }: { readonly c: RequestContext; readonly principal: Principal },
): Promise<DeliveryAnswer> {
  authoriseGlobal(handler.route.access, principal);
  const input = parseInput(handler.route, c.req.param());
  return handler.run(globalContext(parts, c, principal), input, {
    header: (name) => c.req.header(name) ?? null,
    body: async () => Buffer.from(await c.req.arrayBuffer()),
  });
}
