import { authoriseGlobal } from "../authorise.ts";
import type { GlobalHandler } from "../command.ts";
import { parseInput } from "../parse-input.ts";
import { globalContext } from "./global-context.ts";
import type { HttpParts, ReadRequest } from "./http-parts.ts";

/** Runs what belongs to no workspace. */
export async function runGlobalHandler(
  parts: HttpParts,
  handler: GlobalHandler,
  { c, principal, raw }: ReadRequest,
): Promise<unknown> {
  authoriseGlobal(handler.route.access, principal);
  return handler.run(globalContext(parts, c, principal), parseInput(handler.route, raw));
}
