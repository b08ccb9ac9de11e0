import { homedir } from "node:os";
import { createRedactor, type Redactor } from "@headcount/redaction/redactor";

/** Variables whose values are secrets, whoever set them. */
const secretName =
  /_(PASSWORD|SECRET|TOKEN|PRIVATE_KEY|SSH_KEY|ACCESS_KEY|SECRET_KEY|CONNECTION_STRING|API_KEY)$/i;

/**
 * Makes the redactor of one run: its token, all values of the agent's own environment, and every
 * variable that is named like a secret.
 */
export function redactorOfRun(options: {
  readonly token: string;
  readonly agentEnvironment: Readonly<Record<string, string>>;
  readonly daemonEnvironment: Readonly<Record<string, string | undefined>>;
}): Redactor {
  const named = Object.entries(options.daemonEnvironment).flatMap(([name, value]) =>
    value !== undefined && secretName.test(name) ? [value] : [],
  );
  const homes = [homedir(), options.daemonEnvironment["HOME"] ?? ""].filter((home) => home !== "");
  return createRedactor({
    secrets: [options.token, ...Object.values(options.agentEnvironment), ...named],
    homes: [...new Set(homes)],
  });
}
