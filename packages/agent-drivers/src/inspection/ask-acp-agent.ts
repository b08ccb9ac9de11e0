import type { CliSpec } from "../core/cli-spec.ts";
import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from "../core/json.ts";
import { createJsonRpcPeer, JsonRpcError, methodNotFound } from "../core/json-rpc-peer.ts";
import type { JsonRpcPeer } from "../core/json-rpc-peer.ts";
import { objectOf } from "../mappers/acp/json-value.ts";
import { isModelOption, readSessionFacts } from "../mappers/acp/session-facts.ts";
import type { Answer } from "./cli-inspection.ts";
import { talkWithProgram, type TalkOptions } from "./talk-with-program.ts";

/** The protocol's number for "sign in first". */
const authenticationRequired = -32000;
const farewellMs = 2_000;

/** Opens a session in an empty folder, reads what it offers, and gives the session back. */
export function askAcpAgent(spec: CliSpec, options: TalkOptions): Promise<Answer> {
  return talkWithProgram(options, async (program) => {
    const peer = createJsonRpcPeer({
      send: program.send,
      onNotification: () => {},
      onRequest: (method) => {
        throw new JsonRpcError(methodNotFound, `${method} is not offered here.`);
      },
    });
    program.listen((line) => void peer.accept(parseJsonObject(line)));
    const ask = async (method: string, params: JsonObject): Promise<JsonObject> =>
      objectOf(await peer.request(method, params, options.timeoutMs));
    try {
      return await openAndRead({ spec, options, ask, peer });
    } finally {
      peer.close("The answer is there.");
    }
  });
}

type Asking = {
  readonly spec: CliSpec;
  readonly options: TalkOptions;
  readonly ask: (method: string, params: JsonObject) => Promise<JsonObject>;
  readonly peer: JsonRpcPeer;
};

async function openAndRead(asking: Asking): Promise<Answer> {
  const { ask, options } = asking;
  const hello = await ask("initialize", {
    protocolVersion: 1,
    clientInfo: { name: "headcount", title: "Headcount", version: "1" },
    clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
  });
  try {
    await authenticate(asking, hello);
    const reply = await ask("session/new", { cwd: options.directory, mcpServers: [] });
    await giveBack(asking, hello, stringAt(reply, "sessionId"));
    // A session proves an account only where the agent asks for one at all.
    const asksForAccount = arrayAt(hello, "authMethods").length > 0;
    return { models: modelsOf(reply), signIn: asksForAccount ? "signed_in" : "unknown" };
  } catch (error) {
    if (!(error instanceof JsonRpcError)) throw error;
    const isRefusal = error.code === authenticationRequired || /\bauthenticat/i.test(error.message);
    if (isRefusal) return { models: [], signIn: "signed_out" };
    return { models: [], signIn: "unknown", problem: error.message };
  }
}

async function authenticate({ spec, options, ask }: Asking, hello: JsonObject): Promise<void> {
  const offered = new Set(arrayAt(hello, "authMethods").map((method) => objectOf(method)["id"]));
  const rule = spec.acp?.authenticate.find(
    ({ methodId, whenEnvironment }) =>
      offered.has(methodId) &&
      whenEnvironment.some((name) => (options.command.environment[name] ?? "") !== ""),
  );
  if (rule !== undefined) await ask("authenticate", { methodId: rule.methodId });
}

function modelsOf(reply: JsonObject): readonly string[] {
  const { models, options } = readSessionFacts(reply);
  const offered = models.length > 0 ? models : (options.find(isModelOption)?.values ?? []);
  return offered.map(({ id }) => id);
}

/** A session that nobody has spoken in is of no use to anybody; agents differ in how they part. */
async function giveBack(
  { peer }: Asking,
  hello: JsonObject,
  sessionId: string | null,
): Promise<void> {
  const can = objectAt(objectAt(hello, "agentCapabilities"), "sessionCapabilities");
  const method = ["delete", "close"].find((name) => name in can);
  if (sessionId === null || method === undefined) return;
  // The list is there; a session that stays is untidy and nothing more.
  await peer.request(`session/${method}`, { sessionId }, farewellMs).catch(() => undefined);
}
