import type { ApiClient } from "@headcount/client/make-client";
import { server } from "@headcount/contract/server/routes";
import { contractVersion, productVersion } from "@headcount/contract/version";
import { messageOf, type Log } from "../log.ts";

/**
 * Says once at start, in one line each, what would keep this machine from working and what to do.
 * It decides nothing: everything it finds is tried again by the loops that need it.
 */
export async function preflight(client: ApiClient, serverUrl: string, log: Log): Promise<void> {
  try {
    const { serverVersion, contractVersion: spoken } = await client.call(server.config, {});
    if (spoken === contractVersion) return;
    const advice =
      spoken > contractVersion ? "update Headcount on this machine" : "update the server";
    log("warn", `daemon and server are of different releases; ${advice}`, {
      daemon: productVersion,
      server: serverVersion,
    });
  } catch (error) {
    log("warn", "the server does not answer; check that it runs and that this address is right", {
      serverUrl,
      error: messageOf(error),
    });
  }
}
