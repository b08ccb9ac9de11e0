import { stringAt } from "../../core/json.ts";
import { objectOf } from "./json-value.ts";

/** Ids by which agents name a grant that ends with the session. */
const sessionScopedIds = new Set(["allow_session", "approve_for_session"]);
const allowKinds = new Set(["allow_once", "allow_always"]);

/**
 * The id of the offered option with which to answer a permission request, or null when nothing
 * that was offered is acceptable. Options of kind `allow_always` are never taken unless their id
 * says that they end with the session: agents keep such grants for good.
 */
export function choosePermission(options: unknown, policy: "allow" | "reject"): string | null {
  const offered = (Array.isArray(options) ? options : []).flatMap((option: unknown) => {
    const id = stringAt(objectOf(option), "optionId");
    return id === null ? [] : [{ id, kind: stringAt(objectOf(option), "kind") ?? "" }];
  });
  if (policy === "reject") return offered.find(({ kind }) => kind === "reject_once")?.id ?? null;
  const forSession = offered.find(
    ({ id, kind }) => sessionScopedIds.has(id) && allowKinds.has(kind),
  );
  return forSession?.id ?? offered.find(({ kind }) => kind === "allow_once")?.id ?? null;
}
