import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from "../core/json.ts";
import { createJsonRpcPeer, JsonRpcError, methodNotFound } from "../core/json-rpc-peer.ts";
import { objectOf } from "../mappers/acp/json-value.ts";
import type { Answer, SignIn } from "./cli-inspection.ts";
import { talkWithProgram, type TalkOptions } from "./talk-with-program.ts";

/** Far more pages than any account has; a server that never ends its list does not keep us. */
const mostPages = 10;

type Ask = (method: string, params: JsonObject) => Promise<JsonObject>;

/** Asks the app server for its models and its account. Source: `codex app-server generate-ts`. */
export function askCodex(options: TalkOptions): Promise<Answer> {
  return talkWithProgram(options, async (program) => {
    const peer = createJsonRpcPeer({
      send: program.send,
      onNotification: () => {},
      onRequest: (method) => {
        throw new JsonRpcError(methodNotFound, `${method} is not offered here.`);
      },
    });
    program.listen((line) => void peer.accept(parseJsonObject(line)));
    const ask: Ask = async (method, params) =>
      objectOf(await peer.request(method, params, options.timeoutMs));
    try {
      await ask("initialize", {
        clientInfo: { name: "headcount", title: "Headcount", version: "1" },
        capabilities: { experimentalApi: true },
      });
      peer.notify("initialized");
      const [models, signIn] = await Promise.all([listModels(ask), readSignIn(ask)]);
      return { models, signIn };
    } finally {
      peer.close("The answer is there.");
    }
  });
}

async function listModels(ask: Ask): Promise<readonly string[]> {
  const models: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const reply: JsonObject = await ask("model/list", cursor === null ? {} : { cursor });
    for (const entry of arrayAt(reply, "data").map(objectOf)) {
      const name = stringAt(entry, "model") ?? stringAt(entry, "id");
      if (name !== null && entry["hidden"] !== true) models.push(name);
    }
    cursor = stringAt(reply, "nextCursor");
    if (cursor === null) break;
  }
  return models;
}

/** Without an account Codex still works with a provider of the user's own, and says so. */
async function readSignIn(ask: Ask): Promise<SignIn> {
  try {
    const reply = await ask("account/read", { refreshToken: false });
    if (Object.keys(objectAt(reply, "account")).length > 0) return "signed_in";
    return reply["requiresOpenaiAuth"] === true ? "signed_out" : "signed_in";
  } catch (error) {
    // Versions before this question was introduced.
    if (error instanceof JsonRpcError) return "unknown";
    throw error;
  }
}
