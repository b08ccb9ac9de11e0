import { auth } from "@headcount/contract/users/routes";
import type { App } from "@headcount/server/app";
import { mintOwnerLink } from "@headcount/server/users/owner-link";
import { findFirstOwner, type InstanceUser } from "../admin/find-user.ts";
import { mintToken } from "../admin/mint-token.ts";
import { openInstance } from "../admin/open-instance.ts";
import type { CallApi } from "../api/api.ts";
import type { Cli } from "../cli.ts";
import { CliError } from "../errors/cli-error.ts";

export type BorrowedOwner = {
  readonly call: CallApi;
  readonly workspace: string;
  readonly email: string;
  /** Revokes the token again. */
  readonly giveBack: () => Promise<void>;
};

const owner = { name: "Owner", email: "owner@localhost.localdomain" };
const firstWorkspace = { name: "My workspace", slug: "my-workspace" };

/**
 * Signs in as the first owner with a token of one hour, by the right of being able to read the
 * server's data directory. A fresh installation gets its owner and a workspace first.
 *
 * @throws CliError when the person does not agree
 */
export async function borrowOwner(cli: Cli, dataDir: string | undefined): Promise<BorrowedOwner> {
  await using instance = await openInstance(cli, dataDir);
  const { app, serverUrl } = instance;
  const existing = await findFirstOwner(app);
  await agree(cli, instance.dataDirectory, existing);
  const user = existing ?? (await makeOwner(app, serverUrl));
  const token = await mintToken(app, user, { name: "headcount doctor --run", hours: 1 });
  const call = cli.callWith({ serverUrl, token: token.value });
  return {
    call,
    workspace: await chooseWorkspace(cli, call),
    email: user.email,
    giveBack: async () => {
      await call("account.revoke-token", { tokenId: token.id });
    },
  };
}

async function agree(
  cli: Cli,
  dataDirectory: string,
  existing: InstanceUser | null,
): Promise<void> {
  const what = existing
    ? `sign in as ${existing.name} (${existing.email})`
    : `make the owner "${owner.name}" (${owner.email}) and the workspace "${firstWorkspace.name}"`;
  cli.io.stderr.write(
    `Nobody is signed in here. With the data directory ${dataDirectory}, doctor can ${what} and use a token that it revokes afterwards.\n`,
  );
  // Where nobody can be asked, asking for the run was the consent.
  const canAsk = cli.io.stdinIsTerminal && cli.io.stderr.isTerminal;
  if (canAsk && !cli.io.environment["CI"]) await cli.confirm(`Let doctor ${what}?`);
}

/** Uses the one-time owner link as the web application would. */
async function makeOwner(app: App, serverUrl: string): Promise<InstanceUser> {
  const secret = (await mintOwnerLink(app))?.split("#")[1];
  const reply = await app.api.fetch(
    new Request(new URL(auth.setup.path, serverUrl), {
      method: auth.setup.method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...owner, secret }),
    }),
  );
  const made = reply.ok ? await findFirstOwner(app) : null;
  if (made) return made;
  throw new CliError("The owner could not be made.", {
    nextStep: "Open the owner link that the server printed.",
    cause: await reply.text(),
  });
}

async function chooseWorkspace(cli: Cli, call: CallApi): Promise<string> {
  const named = cli.global.workspace ?? cli.io.environment["HEADCOUNT_WORKSPACE"];
  if (named) return named;
  const { items } = await call("workspaces.list", {});
  return items[0]?.slug ?? (await call("workspaces.create", firstWorkspace)).slug;
}
