import type { CallApi } from "../api/api.ts";
import type { Cli, Connection } from "../cli.ts";
import { CliError } from "../errors/cli-error.ts";
import { ReplyError } from "../errors/reply-error.ts";
import { serverDataDirectory } from "../daemon/find-state-directory.ts";
import { findServerAddress } from "../server/address-file.ts";
import { productVersion } from "@headcount/contract/version";
import type { Checks } from "./checks.ts";
import type { DoctorFlags } from "./report.ts";

export type Person = { readonly call: CallApi; readonly workspace: string };

export type Access = AsyncDisposable & {
  /** Null when nobody could be signed in; the checks say why. */
  readonly person: Person | null;
  /** True when the server runs on this machine and its data directory can be read. */
  readonly isLocal: boolean;
};

/** Finds the server and a way in; borrows the data directory's trust only for a test run. */
export async function findAccess(cli: Cli, flags: DoctorFlags, checks: Checks): Promise<Access> {
  const address = findServerAddress(serverDataDirectory(cli, flags.dataDir));
  const connection = await chooseServer(cli, flags, address?.url ?? null);
  const isLocal = address !== null && sameOrigin(address.url, connection.serverUrl);
  const none: Access = { person: null, isLocal, [Symbol.asyncDispose]: async () => {} };
  const reached = await checkReachable(cli, connection, checks);
  if (!reached) return none;
  if (connection.token !== null) {
    const person = await checkSignIn(cli, connection, checks);
    return { ...none, person };
  }
  if (flags.run && isLocal) return borrow(cli, flags, checks);
  checks.fail(
    "sign-in",
    "nobody is signed in on this profile",
    isLocal ? "Run `headcount doctor --run`, or `headcount login`." : "Run `headcount login`.",
  );
  return none;
}

/** Without a server that was named, the one that runs on this machine. */
async function chooseServer(
  cli: Cli,
  flags: DoctorFlags,
  localUrl: string | null,
): Promise<Connection> {
  const configured = await cli.connection();
  const named = cli.global.serverUrl ?? cli.io.environment["HEADCOUNT_SERVER_URL"];
  if (named || localUrl === null) return configured;
  const profileUrl = (await cli.profile()).config.serverUrl;
  if (profileUrl !== undefined && flags.dataDir === undefined) return configured;
  const keepsToken =
    cli.io.environment["HEADCOUNT_PAT"] || sameOrigin(localUrl, configured.serverUrl);
  return { serverUrl: localUrl, token: keepsToken ? configured.token : null };
}

const sameOrigin = (left: string, right: string): boolean =>
  URL.parse(left)?.origin === URL.parse(right)?.origin;

async function checkReachable(cli: Cli, connection: Connection, checks: Checks): Promise<boolean> {
  const { serverUrl } = connection;
  try {
    const config = await cli.callWith({ serverUrl, token: null })("server.config", {});
    checks.pass("server", `${serverUrl} answers, version ${config.serverVersion}`);
    if (config.serverVersion === productVersion) checks.pass("version", `both ${productVersion}`);
    else {
      checks.fail(
        "version",
        `the server has ${config.serverVersion}, this program ${productVersion}`,
        "Bring both to the same version.",
      );
    }
    return true;
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    checks.fail("server", error.message, error.nextStep ?? "Start it with `headcount server`.");
    return false;
  }
}

async function checkSignIn(
  cli: Cli,
  connection: Connection,
  checks: Checks,
): Promise<Person | null> {
  const call = cli.callWith(connection);
  try {
    const { user } = await call("account.me", {});
    const workspace = await chooseWorkspace(cli, call);
    checks.pass("sign-in", `${user.name} (${user.email}), workspace ${workspace}`);
    return { call, workspace };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    checks.fail("sign-in", error.message, error.nextStep ?? "Run `headcount login`.");
    return null;
  }
}

/** The one that was named, else any: a check needs no more than one. */
async function chooseWorkspace(cli: Cli, call: CallApi): Promise<string> {
  try {
    return await cli.workspace();
  } catch (error) {
    const [first] = (await call("workspaces.list", {})).items;
    if (first) return first.slug;
    throw error;
  }
}

async function borrow(cli: Cli, flags: DoctorFlags, checks: Checks): Promise<Access> {
  const { borrowOwner } = await import("./borrow-owner.ts");
  try {
    const borrowed = await borrowOwner(cli, flags.dataDir);
    checks.pass("sign-in", `${borrowed.email}, by the server's data directory`);
    return { person: borrowed, isLocal: true, [Symbol.asyncDispose]: borrowed.giveBack };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    checks.fail("sign-in", error.message, error.nextStep ?? "Run `headcount login`.");
    return { person: null, isLocal: true, [Symbol.asyncDispose]: async () => {} };
  }
}
