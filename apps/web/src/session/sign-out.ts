import { auth } from "@headcount/contract/users/routes";
import { sendCommand } from "../data/use-command.ts";

/** Ends this browser's session. Where to go afterwards is the caller's to say. */
export async function signOut(): Promise<void> {
  await sendCommand(auth.logout, {});
}
