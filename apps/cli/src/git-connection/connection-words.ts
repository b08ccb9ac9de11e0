import type { GitConnectionId } from "@headcount/contract/kit/ids";
import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import type { Cli } from "../cli.ts";
import { findOne } from "../find/find-one.ts";
import type { Printer } from "../output/printer.ts";

export const connectionArgument = {
  summary: "its name or id, as `headcount git-connection list` shows it",
} as const;

/** A connection of the workspace by name, id or the beginning of its id, as its commands name it. */
export async function findConnection(
  cli: Cli,
  wanted: string,
): Promise<{ readonly workspace: string; readonly connectionId: GitConnectionId }> {
  const workspace = await cli.workspace();
  const { items } = await cli.call("git-connections.list", { workspace });
  return { workspace, connectionId: findOne(items, wanted, "gitConnection").id };
}

/** What has to be entered at the git host. */
export function printSecret(
  { connection, secret }: { readonly connection: GitConnection; readonly secret: string },
  printer: Printer,
): void {
  printer.fields([
    ["Payload URL", connection.url],
    ["Content type", "application/json"],
    ["Secret", secret],
    ["Events", "Pull requests"],
  ]);
  printer.hint("Enter these at the webhook of GitHub. The secret is not shown again.");
}

/** How the last delivery went; says so while there was none. */
export function deliveryOf({ lastDeliveryAt, lastFault }: GitConnection): string {
  const last = lastDeliveryAt?.slice(0, 16) ?? "never";
  if (lastFault === null) return last;
  const reason = lastFault.reason === "signature" ? "another secret" : "not understood";
  return `${last}, ${reason} at ${lastFault.at.slice(0, 16)}`;
}
