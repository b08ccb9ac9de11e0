import type { Cli } from "../cli.ts";
import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";
import { askSecret } from "../input/ask.ts";

export type TokenFlags = { readonly token: string | undefined; readonly tokenStdin: boolean };

/** A personal token from a flag, from standard input, or from the person at the terminal. */
export async function readToken(cli: Cli, serverUrl: string, flags: TokenFlags): Promise<string> {
  if (flags.token !== undefined && flags.tokenStdin) {
    throw invalidUse("Use only one of --token and --token-stdin.");
  }
  const token = flags.token ?? (flags.tokenStdin ? await cli.io.readStdin() : await ask(cli));
  if (/^hcp_\S+$/.test(token.trim())) return token.trim();
  throw new CliError("This is no personal token; they begin with hcp_.", {
    exitCode: exitCodes.permission,
    nextStep: `Make one on ${serverUrl} under Settings, Tokens.`,
  });
}

const ask = (cli: Cli): Promise<string> => askSecret(cli, "Personal token");
