import { invalidUse } from "../errors/cli-error.ts";
import { flagName } from "../parse-command.ts";

/** @throws CliError exit 5 when a flag without a default is missing */
export function requireOption(key: string, value: string | undefined): string {
  if (value !== undefined && value.trim() !== "") return value;
  const flag = flagName(key, { summary: "" });
  throw invalidUse(`${flag} is missing.`, "Add it to the command.");
}
