import { randomUUID } from "node:crypto";
import type { CliSpec } from "../core/cli-spec.ts";
import { buildEnvironment } from "../core/environment.ts";
import { runCommand } from "../core/run-command.ts";
import { runProbe } from "../core/run-probe.ts";
import type { RunOptions } from "../core/types.ts";
import { askAcpAgent } from "./ask-acp-agent.ts";
import { askCodex } from "./ask-codex.ts";
import { askStreamJson } from "./ask-stream-json.ts";
import type { Answer, CliInspection } from "./cli-inspection.ts";
import { knownModels } from "./known-models.ts";
import type { ModelSource } from "./model-source.ts";
import { inEmptyFolder, type TalkOptions } from "./talk-with-program.ts";

export type InspectOptions = {
  readonly executable: string;
  readonly launchPrefix: readonly string[];
  /** Environment of the daemon: what agents inherit. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Replaces the time limit, in milliseconds. */
  readonly timeoutMs?: number;
};

/** Programs that unpack something at their first start on a busy machine take half of it. */
const defaultTimeoutMs = 50_000;
const mostModels = 500;
const longestName = 200;

/**
 * Asks an installed program for its models and its account. No model is called, so it costs
 * nothing. Never rejects: what cannot be had is replaced by what is known, and said.
 */
export async function inspectCli(spec: CliSpec, options: InspectOptions): Promise<CliInspection> {
  const source = modelSourceOf(spec);
  if (source.kind === "none") {
    return { models: [], modelsSource: "none", signIn: "unknown", problem: null };
  }
  try {
    const answer = await inEmptyFolder((directory) => ask(spec, source, { ...options, directory }));
    return completed(spec, answer);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return completed(spec, { models: [], signIn: "unknown", problem });
  }
}

/** Rows state only what does not follow from their protocol. */
export function modelSourceOf(spec: CliSpec): ModelSource {
  if (spec.models !== undefined) return spec.models;
  const talks = spec.driver !== "ndjson" && spec.driver !== "buffered";
  return talks && spec.model !== "none" ? { kind: "session" } : { kind: "none" };
}

function completed(spec: CliSpec, { models, signIn, problem }: Answer): CliInspection {
  const own = models.filter((name) => name !== "" && name.length <= longestName);
  if (own.length > 0) {
    return { models: own.slice(0, mostModels), modelsSource: "cli", signIn, problem: null };
  }
  const known = knownModels[spec.id] ?? [];
  return {
    models: known,
    modelsSource: known.length > 0 ? "catalogue" : "none",
    signIn,
    problem: problem ?? whyNone(spec, signIn),
  };
}

function whyNone(spec: CliSpec, signIn: Answer["signIn"]): string {
  if (signIn === "signed_out") return `${spec.title} lists its models once it is signed in.`;
  return `${spec.title} lists no models.`;
}

type Place = InspectOptions & { readonly directory: string };

async function ask(spec: CliSpec, source: ModelSource, place: Place): Promise<Answer> {
  const marker = randomUUID();
  const command = runCommand(spec, probingOptions(spec, place, marker));
  const timeoutMs = place.timeoutMs ?? defaultTimeoutMs;
  const talk: TalkOptions = { command, directory: place.directory, marker, timeoutMs };
  if (source.kind === "command") return askByCommand(source, place, talk);
  switch (spec.driver) {
    case "acp":
      return askAcpAgent(spec, talk);
    case "codex-app-server":
      return askCodex(talk);
    case "stream-json":
      return askStreamJson(talk);
    case "ndjson":
    case "buffered":
      // They talk in one direction; their rows state a command or nothing.
      return { models: [], signIn: "unknown" };
  }
}

async function askByCommand(
  source: Extract<ModelSource, { kind: "command" }>,
  { executable, launchPrefix }: Place,
  { command, timeoutMs, directory }: TalkOptions,
): Promise<Answer> {
  const words = [...launchPrefix, ...source.arguments];
  const { environment } = command;
  const result = await runProbe(executable, words, { environment, timeoutMs, directory });
  const { end, stdout, stderr } = result;
  if (end.kind === "timed_out") throw new Error(`It did not answer within ${timeoutMs} ms.`);
  if (end.kind === "not_started") throw new Error(end.message);
  return source.read({ stdout, stderr, exitCode: end.code });
}

/** A run without prompt, session, model and settings of a person. */
function probingOptions(spec: CliSpec, place: Place, marker: string): RunOptions {
  const { variables } = buildEnvironment({
    inherited: place.environment,
    agent: {},
    product: {},
    binaryDirectory: null,
    marker,
    reserved: spec.environment.reserved,
  });
  return {
    executable: place.executable,
    launchPrefix: place.launchPrefix,
    extraArguments: [],
    workDirectory: place.directory,
    prompt: "",
    model: null,
    effort: null,
    resumeSessionId: null,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: place.directory,
    environment: variables,
    marker,
    startedAtMs: Date.now(),
  };
}
