import { setTimeout } from "node:timers/promises";
import { arrayAt, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { JsonRpcError } from "../../core/json-rpc-peer.ts";
import type { RunItem, RunOptions } from "../../core/types.ts";
import { isOlder, parseVersion } from "../../core/version.ts";
import type { AcpDialect } from "../../mappers/acp/acp-dialect.ts";
import type { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import type { AcpStep } from "../../mappers/acp/turn-outcome.ts";
import { objectOf } from "../../mappers/acp/json-value.ts";
import type { AcpConnection } from "./acp-connection.ts";
import { chooseSessionSettings } from "./choose-session-settings.ts";
import { GivenUp } from "./given-up.ts";
import { acpMcpServers } from "./mcp-servers.ts";

/** What a conversation needs to get as far as its prompt. */
export type SessionSetup = {
  readonly connection: AcpConnection;
  readonly turn: AcpTurn;
  readonly dialect: AcpDialect;
  readonly options: RunOptions;
  readonly emit: (items: readonly RunItem[]) => void;
  /** Milliseconds to let pass before the session is resumed. */
  readonly resumeWaitMs: () => number;
};

export type OpenSession = {
  readonly sessionId: string;
  /** The agent wants to be told when a session is over. */
  readonly canClose: boolean;
};

/** An error answer of the agent, and the step of the conversation it belongs to. */
export class StepRefused extends Error {
  readonly step: AcpStep;
  readonly answer: JsonRpcError;

  constructor(step: AcpStep, answer: JsonRpcError) {
    super(answer.message);
    this.name = "StepRefused";
    this.step = step;
    this.answer = answer;
  }
}

/** Agents that unpack or migrate at their first start take most of this. */
const startTimeoutMs = 60_000;

/** The protocol's number for "I do not have that", used when an agent cannot resume at all. */
const resourceNotFound = -32002;

/** Brings a fresh connection to the point where a prompt can be sent. */
export async function openSession(setup: SessionSetup): Promise<OpenSession> {
  const { turn, options } = setup;
  const hello = await request(setup, "setup", "initialize", {
    protocolVersion: 1,
    clientInfo: { name: "headcount", title: "Headcount", version: "1" },
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
  });
  requireVersion(setup, objectAt(hello, "agentInfo"));
  await authenticate(setup, hello);
  const capabilities = objectAt(hello, "agentCapabilities");
  const reply = await startOrResume(setup, capabilities);
  const { facts, items } = turn.sessionOpened(reply);
  setup.emit(items);
  const sessionId = facts.sessionId ?? options.resumeSessionId;
  if (sessionId === null) {
    const message = "The agent opened a session without telling its id.";
    throw new GivenUp({ message, failureClass: "empty_or_unparseable_output" });
  }
  const ask = (method: string, params: JsonObject): Promise<JsonObject> =>
    request(setup, "setup", method, { sessionId, ...params });
  await chooseSessionSettings(setup, facts, ask);
  const canClose =
    setup.dialect.alwaysClose || "close" in objectAt(capabilities, "sessionCapabilities");
  return { sessionId, canClose };
}

/** Some programs print another version than the agent inside of them has. */
function requireVersion(setup: SessionSetup, agentInfo: JsonObject): void {
  const { minimumAgentVersion } = setup.dialect;
  const version = parseVersion(stringAt(agentInfo, "version") ?? "");
  if (minimumAgentVersion === null || version === null) return;
  if (!isOlder(version, minimumAgentVersion)) return;
  const message = `The agent's version ${version} is too old: ${minimumAgentVersion} or newer is needed.`;
  throw new GivenUp({ message, failureClass: "runtime_version_unsupported" });
}

async function authenticate(setup: SessionSetup, hello: JsonObject): Promise<void> {
  const { environment } = setup.options;
  const offered = new Set(arrayAt(hello, "authMethods").map((method) => objectOf(method)["id"]));
  const rule = setup.dialect.authenticate.find(
    ({ methodId, whenEnvironment }) =>
      offered.has(methodId) &&
      (whenEnvironment.length === 0 ||
        whenEnvironment.some((name) => (environment[name] ?? "") !== "")),
  );
  if (rule !== undefined)
    await request(setup, "setup", "authenticate", {
      methodId: rule.methodId,
      ...(rule.meta === undefined ? {} : { _meta: rule.meta }),
    });
}

async function startOrResume(setup: SessionSetup, capabilities: JsonObject): Promise<JsonObject> {
  const { options, dialect } = setup;
  const mcp = objectAt(capabilities, "mcpCapabilities");
  const mcpServers = acpMcpServers(options.mcpConfig, {
    http: mcp["http"] === true || (dialect.assumesHttpMcp && !("http" in mcp)),
    sse: mcp["sse"] === true,
  });
  const key = dialect.workDirectoryMeta;
  const meta = key === null ? {} : { _meta: { [key]: options.workDirectory } };
  const params = { cwd: options.workDirectory, mcpServers, ...meta };
  if (options.resumeSessionId === null) return request(setup, "session", "session/new", params);
  const method = resumeMethod(capabilities);
  if (method === null) {
    const message = "Session not found: this agent cannot continue sessions.";
    throw new StepRefused("session", new JsonRpcError(resourceNotFound, message));
  }
  const waitMs = setup.resumeWaitMs();
  // A run that is stopped meanwhile is not held up.
  if (waitMs > 0) await setTimeout(waitMs, undefined, { ref: false });
  return resume(setup, method, { ...params, sessionId: options.resumeSessionId });
}

const heldSessionTries = 3;
const heldSessionWaitMs = 2_000;

/** A process of an earlier run may need a moment to let go of its session. */
async function resume(
  setup: SessionSetup,
  method: string,
  params: JsonObject,
): Promise<JsonObject> {
  const { heldSession } = setup.dialect;
  for (let tried = 1; ; tried += 1) {
    try {
      return await request(setup, "session", method, params);
    } catch (error) {
      const isHeld = error instanceof StepRefused && heldSession?.test(error.message) === true;
      if (!isHeld || tried > heldSessionTries) throw error;
      await setTimeout(heldSessionWaitMs);
    }
  }
}

/** `session/resume` continues silently; `session/load` replays the history first. */
function resumeMethod(capabilities: JsonObject): string | null {
  const resume = objectAt(capabilities, "sessionCapabilities")["resume"];
  if (resume !== undefined && resume !== null && resume !== false) return "session/resume";
  return capabilities["loadSession"] === true ? "session/load" : null;
}

async function request(
  setup: SessionSetup,
  step: AcpStep,
  method: string,
  params: JsonObject,
): Promise<JsonObject> {
  try {
    const timeoutMs = setup.options.limits?.handshakeMs ?? startTimeoutMs;
    return await setup.connection.request(method, params, timeoutMs);
  } catch (error) {
    if (error instanceof JsonRpcError) throw new StepRefused(step, error);
    throw error;
  }
}
