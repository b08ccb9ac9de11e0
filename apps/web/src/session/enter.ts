import type { User } from "@headcount/contract/users/schemas";
import { reloadBootstrap, type Bootstrap } from "../data/load-bootstrap.ts";
import { rememberCsrfToken } from "../data/session.ts";
import { chooseLanguage } from "../i18n/language-store.ts";

type SignedIn = { readonly user: User; readonly csrfToken: string };

/** Takes over a fresh session: its token for writes, the person's language, everything read anew. */
export async function enter(reply: SignedIn): Promise<Bootstrap | null> {
  rememberCsrfToken(reply.csrfToken);
  if (reply.user.language !== null) await chooseLanguage(reply.user.language);
  return reloadBootstrap();
}
