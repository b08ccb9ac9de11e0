import { defineCommand } from "../command.ts";

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
    const { readToken } = await import("./read-token.ts");
    const { signIn } = await import("./sign-in.ts");
    const { serverUrl } = await cli.connection();
    const flags = { token: options.token, tokenStdin: options.tokenStdin ?? false };
    const token = await readToken(cli, serverUrl, flags);
    const { user, config } = await signIn(cli, { serverUrl, token });
    const { id, name, email } = user;
    return { user: { id, name, email }, serverUrl, workspace: config.workspace ?? null };
  },
  print({ user, serverUrl, workspace }, printer) {
    printer.line(`Signed in to ${serverUrl} as ${user.name} (${user.email}).`);
    if (workspace) printer.hint(`Workspace in use: ${workspace}.`);
  },
});
