import { arrayAt, objectAt, parseJsonObject, stringAt, type JsonObject } from "../core/json.ts";
import { objectOf } from "../mappers/acp/json-value.ts";
import type { Answer, SignIn } from "./cli-inspection.ts";
import { talkWithProgram, type TalkOptions } from "./talk-with-program.ts";

const requestId = "headcount-inspection";

/** Sends the opening control request of Claude Code's stream-json; no prompt follows it. */
export function askStreamJson(options: TalkOptions): Promise<Answer> {
  return talkWithProgram(options, async (program) => {
    const answered = Promise.withResolvers<JsonObject>();
    program.listen((line) => {
      const frame = parseJsonObject(line);
      const response = objectAt(frame ?? {}, "response");
      if (response["request_id"] === requestId) answered.resolve(response);
    });
    const request = { subtype: "initialize" };
    program.send(JSON.stringify({ type: "control_request", request_id: requestId, request }));
    return readInitialize(objectAt(await answered.promise, "response"));
  });
}

function readInitialize(reply: JsonObject): Answer {
  const entries = arrayAt(reply, "models").map(objectOf);
  // Aliases move on with the program, full names stay; `default` is what no choice means.
  const aliases = entries.flatMap((entry) => stringAt(entry, "value") ?? []);
  const names = entries.flatMap((entry) => stringAt(entry, "resolvedModel") ?? []);
  const models = [...new Set([...aliases, ...names])].filter((name) => name !== "default");
  return { models, signIn: signInOf(objectAt(reply, "account")) };
}

function signInOf(account: JsonObject): SignIn {
  const provider = stringAt(account, "apiProvider");
  if (provider === null) return "unknown";
  // Cloud providers have credentials of their own, of which Claude Code says nothing here.
  if (provider !== "firstParty") return "unknown";
  const sources = [stringAt(account, "tokenSource"), stringAt(account, "apiKeySource")];
  return sources.some((source) => source !== null && source !== "none")
    ? "signed_in"
    : "signed_out";
}
