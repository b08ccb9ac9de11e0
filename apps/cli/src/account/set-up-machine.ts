import { existsSync } from "node:fs";
import os from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { enrolMachine } from "@headcount/daemon/connection/credentials";
import { readStatus } from "../daemon/read-status.ts";
import { readDaemonIdentity } from "@headcount/daemon/state/daemon-identity";
import type { Cli } from "../cli.ts";
import { daemonEnvironment } from "../daemon/daemon-environment.ts";
import { startInBackground } from "../daemon/start-in-background.ts";
import { stopDaemon } from "../daemon/stop-daemon.ts";
import { askLine } from "../input/ask.ts";
import type { Profile } from "../settings/profile.ts";
import { readToken, type TokenFlags } from "./read-token.ts";
import { signIn } from "./sign-in.ts";

export type SetupFlags = TokenFlags & {
  readonly deviceName: string | undefined;
  readonly withDaemon: boolean;
};

export type SetupResult = {
  readonly serverUrl: string;
  readonly email: string;
  readonly daemon: { readonly deviceName: string; readonly clis: readonly string[] } | null;
};

/** Signs in, enrols the machine and starts its daemon. */
export async function setUpMachine(cli: Cli, flags: SetupFlags): Promise<SetupResult> {
  const before = await cli.profile();
  if (before.config.token || existsSync(before.paths.token)) {
    await cli.confirm(`The profile ${before.name} is set up already. Replace it?`);
  }
  const serverUrl = await chooseServer(cli);
  const token = await readToken(cli, serverUrl, flags);
  const { user, config } = await signIn(cli, { serverUrl, token });
  if (!flags.withDaemon) return { serverUrl, email: user.email, daemon: null };
  const deviceName = flags.deviceName ?? config.daemon?.deviceName ?? os.hostname();
  const profile: Profile = {
    ...before,
    config: { ...config, daemon: { ...config.daemon, deviceName } },
  };
  await profile.save(profile.config);
  const { environment } = cli.io;
  await enrolMachine({
    serverUrl,
    personToken: token,
    tokenFile: profile.paths.token,
    identity: await readDaemonIdentity({ paths: profile.paths, deviceName, environment }),
  });
  if (await stopDaemon(cli, profile)) cli.hint("The daemon starts again with the new settings.");
  await startInBackground(
    cli,
    profile,
    daemonEnvironment(cli.io.environment, profile, {
      deviceName: undefined,
      workRoot: undefined,
      pollInterval: undefined,
      maxTasks: undefined,
    }),
  );
  return {
    serverUrl,
    email: user.email,
    daemon: { deviceName, clis: await foundClis(cli, profile) },
  };
}

/** The server that was named; a person may be asked, a script takes what is configured. */
async function chooseServer(cli: Cli): Promise<string> {
  const { serverUrl } = await cli.connection();
  const isNamed = cli.global.serverUrl ?? cli.io.environment["HEADCOUNT_SERVER_URL"];
  const isScript = !cli.io.stdinIsTerminal || !cli.io.stderr.isTerminal;
  const chosen =
    isNamed || isScript
      ? serverUrl
      : await askLine(cli, { what: "Server", suggested: serverUrl, flag: "--server-url" });
  await cli.callWith({ serverUrl: chosen, token: null })("server.config", {});
  return chosen;
}

const registrationLimitMs = 20_000;

/** What the daemon has found once it is registered; empty when that takes too long. */
async function foundClis(cli: Cli, profile: Profile): Promise<readonly string[]> {
  for (const started = performance.now(); performance.now() - started < registrationLimitMs;) {
    const status = await readStatus(profile.paths.root);
    if (status?.phase === "running") {
      return status.clis.map((one) =>
        `${one.title} ${one.version ?? ""} ${one.problem ?? ""}`.trim(),
      );
    }
    await delay(200, undefined, { signal: cli.io.signal });
  }
  return [];
}
