import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { LockBusy } from "../runs/mutex.ts";
import { CheckoutRefused } from "../runs/run-manager.ts";
import { requestCheckout } from "./control-client.ts";
import { runControlServer, type ControlServerOptions } from "./control-server.ts";

function unasked(): never {
  throw new Error("Nobody has asked for this");
}

test("an agent whose repository is in use asks again until it has it, and hears a refusal at once", async () => {
  await using folder = await temporaryDirectory();
  const socketPath = path.join(folder.path, "daemon.sock");
  const asked: string[] = [];
  const checkOut: ControlServerOptions["checkOut"] = async ({ url }) => {
    asked.push(url);
    if (url === "refused") throw new CheckoutRefused("repository.unknown");
    if (asked.length === 1) throw new LockBusy();
    return { directory: "/somewhere", branch: "agent/a/t" };
  };
  const end = new AbortController();
  const others = { status: unasked, onStop: unasked, onRefresh: unasked, diskUsage: unasked };
  const server = runControlServer({ socketPath, checkOut, ...others }, end.signal);
  await waitFor(() => existsSync(socketPath), { describe: "the socket" });
  const request = { socketPath, marker: "m", ref: null };
  expect(await requestCheckout({ ...request, url: "busy" })).toEqual({
    directory: "/somewhere",
    branch: "agent/a/t",
  });
  expect(asked).toEqual(["busy", "busy"]);
  await expect(requestCheckout({ ...request, url: "refused" })).rejects.toMatchObject({
    reason: "repository.unknown",
  });
  end.abort();
  await server;
});
