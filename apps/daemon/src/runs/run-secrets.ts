import { homedir } from "node:os";
import type { McpServers } from "@headcount/contract/agents/mcp-servers";
import { mcpSecrets } from "@headcount/domain/agents/mcp-secrets";
import { createRedactor, type Redactor } from "@headcount/redaction/redactor";

/** Variables whose values are secrets, whoever set them. */
const secretName =
  /(?:^|_)(PASSWORD|SECRET|TOKEN|PRIVATE_KEY|SSH_KEY|ACCESS_KEY|SECRET_KEY|CONNECTION_STRING|API_KEY)$/i;

/**
 * Makes the redactor of one run: its token, all values of the agent's own environment, the secrets
 * of its MCP servers, and every variable that is named like a secret.
 */
export function redactorOfRun(options: {
  readonly token: string;
  readonly agentEnvironment: Readonly<Record<string, string>>;
  readonly mcpServers?: McpServers | null;
  readonly daemonEnvironment: Readonly<Record<string, string | undefined>>;
}): Redactor {
  const { token, agentEnvironment, mcpServers, daemonEnvironment } = options;
  return createRedactor({
    secrets: [
      token,
      ...Object.values(agentEnvironment),
      ...mcpSecrets(mcpServers ?? {}),
      ...namedSecrets(daemonEnvironment),
    ],
    homes: homesOf(daemonEnvironment),
  });
}

/** Makes the redactor of everything that is of no run: variables that are named like a secret. */
export function redactorOfMachine(
  environment: Readonly<Record<string, string | undefined>>,
): Redactor {
  // Logs stay on the machine, whose owner needs whole paths.
  return createRedactor({ secrets: namedSecrets(environment), homes: [] });
}

function namedSecrets(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && secretName.test(name) ? [value] : [],
  );
}

function homesOf(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  return [...new Set([homedir(), environment["HOME"] ?? ""].filter((home) => home !== ""))];
}
