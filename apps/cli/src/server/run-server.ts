import { type ServerFlags, readServerConfig } from "@headcount/server/platform/config";
import { startServer } from "@headcount/server/start-server";
import type { Cli } from "../cli.ts";
import { removeServerAddress, writeServerAddress } from "./address-file.ts";
import { CliError } from "../errors/cli-error.ts";
import { serverStartError } from "./server-start-error.ts";

const stopLimitMs = 10_000;

/** Runs the platform until somebody asks it to stop; says where it is once it is ready. */
export async function runServer(cli: Cli, flags: ServerFlags): Promise<void> {
  const config = readConfig(flags, cli.io.environment);
  if (config.roles.has("web")) await buildWeb();
  cli.io.signal.throwIfAborted();
  const server = await startServer(config).catch((error: unknown) => {
    throw serverStartError(error, config);
  });
  await writeServerAddress(config.dataDirectory, server.url);
  cli.io.stdout.write(`Headcount is ready at ${server.url}\n`);
  if (server.ownerLink) cli.io.stdout.write(`Owner link: ${server.ownerLink}\n`);
  cli.hint(`Data directory: ${config.dataDirectory}`);
  cli.hint(`Database: ${server.databaseLaunchedAs}`);
  if (server.daemonLog) cli.hint(`Log of this machine's daemon: ${server.daemonLog}`);
  cli.hint("Press Ctrl-C to stop.");
  await aborted(cli.io.signal);
  cli.hint("Stopping …");
  await removeServerAddress(config.dataDirectory);
  await stopWithin(server.stop());
}

function readConfig(
  flags: ServerFlags,
  environment: Cli["io"]["environment"],
): ReturnType<typeof readServerConfig> {
  try {
    return readServerConfig(flags, environment);
  } catch (error) {
    throw serverStartError(error, null);
  }
}

/** The launcher's own script decides whether the built web application is current. */
async function buildWeb(): Promise<void> {
  const script = new URL("../../../../scripts/lib/ensure-web.mjs", import.meta.url);
  const { ensureWeb } = (await import(script.href)) as { ensureWeb: () => boolean };
  if (ensureWeb()) return;
  throw new CliError("The web application could not be built.", {
    nextStep: "See the messages above, or start without it: --roles api,realtime,jobs.",
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function stopWithin(stopping: Promise<void>): Promise<void> {
  const limit = Promise.withResolvers<"late">();
  const timer = setTimeout(() => limit.resolve("late"), stopLimitMs);
  const ended = await Promise.race([stopping, limit.promise]);
  clearTimeout(timer);
  if (ended !== "late") return;
  process.stderr.write("Not everything stopped within 10 seconds; ending all the same.\n");
  process.exit(1);
}
