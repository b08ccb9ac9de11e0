import { defineCommand } from "../command.ts";
import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";
import { askSecret } from "../input/ask.ts";

export const login = defineCommand({
  name: "login",
  summary: "Sign in on this profile with a personal token",
  details:
    "Make a token on the web under Settings, Tokens, or on the server's machine with `headcount admin token`. It is kept in the profile's settings, which only you can read.",
  format: "table",
  refusedInTask: true,
  options: {
    token: { value: "TOKEN", summary: "the token; other programs may see it on the command line" },
    tokenStdin: { summary: "the token from standard input" },
  },
  examples: [
    "headcount login --server-url https://headcount.example",
    "headcount login --token-stdin < token",
  ],
  async run(cli, { options }) {
    if (options.token !== undefined && options.tokenStdin) {
      throw invalidUse("Use only one of --token and --token-stdin.");
    }
    const { serverUrl } = await cli.connection();
    const token = (
      options.token ??
      (options.tokenStdin ? await cli.io.readStdin() : await askSecret(cli, "Personal token"))
    ).trim();
    if (!/^hcp_\S+$/.test(token)) {
      throw new CliError("This is no personal token; they begin with hcp_.", {
        exitCode: exitCodes.permission,
        nextStep: `Make one on ${serverUrl} under Settings, Tokens.`,
      });
    }
    const call = cli.callWith({ serverUrl, token });
    const { user } = await call("account.me", {});
    const { items } = await call("workspaces.list", {});
    const profile = await cli.profile();
    const known = items.some(({ slug, id }) =>
      [slug, id].some((name) => name === profile.config.workspace),
    );
    const { workspace: before, ...rest } = profile.config;
    const workspace = known ? before : items[0]?.slug;
    await profile.save({ ...rest, serverUrl, token, ...(workspace ? { workspace } : {}) });
    return {
      user: { id: user.id, name: user.name, email: user.email },
      serverUrl,
      workspace: workspace ?? null,
    };
  },
  print({ user, serverUrl, workspace }, printer) {
    printer.line(`Signed in to ${serverUrl} as ${user.name} (${user.email}).`);
    if (workspace) printer.hint(`Workspace in use: ${workspace}.`);
  },
});
