/** What a run of an agent spends: an account at a provider of models. */
export type ProviderAccount = {
  readonly provider: string;
  /** Agent that brings keys of its own; empty for the sign-in of the CLI on its machine. */
  readonly account: string;
};

/** CLIs that speak to one provider only. Others name the provider in front of the model. */
const providers: Readonly<Record<string, string>> = {
  claude: "anthropic",
  "claude-acp": "anthropic",
  codex: "openai",
  "codex-acp": "openai",
  gemini: "google",
  tutorial: "headcount",
};

/** Names of variables with which agent CLIs are pointed at another account or another endpoint. */
const credentialName = /(KEY|TOKEN|SECRET|CREDENTIALS|PROFILE|BASE_URL|ENDPOINT)$/i;

/**
 * The account behind a run, as far as it can be known: agent CLIs do not say under whom they are
 * signed in. All agents on one runtime share the sign-in of its CLI, so they share its quota, apart
 * from those whose own variables carry credentials; each of these counts for itself. Too many
 * accounts cost one more refused start each, while too few would hold back work that could run.
 */
export function providerAccount(run: {
  readonly cli: string;
  readonly model: string | null;
  readonly agentId: string;
  readonly environmentNames: readonly string[];
}): ProviderAccount {
  const ownKeys = run.environmentNames.some((name) => credentialName.test(name));
  return { provider: providerOf(run.cli, run.model), account: ownKeys ? run.agentId : "" };
}

function providerOf(cli: string, model: string | null): string {
  const fixed = providers[cli];
  if (fixed !== undefined) return fixed;
  const slash = model?.indexOf("/") ?? -1;
  return model !== null && slash > 0 ? model.slice(0, slash).toLowerCase() : cli;
}
