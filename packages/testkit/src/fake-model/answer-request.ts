import type { IncomingMessage, ServerResponse } from "node:http";
import { type JsonObject, objectOf } from "./json.ts";
import type { LoggedRequest } from "./logged-request.ts";
import { modelList } from "./model-list.ts";
import type { Playback } from "./playback.ts";
import type { Protocol, Route } from "./protocol.ts";
import { anthropic } from "./protocols/anthropic.ts";
import { gemini } from "./protocols/gemini.ts";
import { openAiChat } from "./protocols/openai-chat.ts";
import { openAiResponses } from "./protocols/openai-responses.ts";
import type { ErrorReply, Rule } from "./scenario.ts";
import { sendJson } from "./send-json.ts";
import { streamReply } from "./stream-reply.ts";
import { allCounts } from "./token-counts.ts";
import { waitUnlessAborted } from "./wait-unless-aborted.ts";

const PROTOCOLS: readonly Protocol[] = [anthropic, openAiChat, openAiResponses, gemini];
const DEFAULT_MODELS = ["fake-large", "fake-small"];

/** One HTTP request with its body, and the response to write. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly rawBody: string;
};

type Entry = Pick<LoggedRequest, "sequence" | "at" | "method" | "path" | "key">;
type Facts = Omit<LoggedRequest, keyof Entry>;
type RuleHit = { readonly rule: Rule & { readonly error: ErrorReply } };

const NO_RULE_LEFT: RuleHit = {
  rule: {
    name: "no rule left",
    error: { status: 400, message: "fake-model: no scenario rule matches this request" },
  },
};
const WRONG_KEY: RuleHit = {
  rule: { name: "wrong key", error: { status: 401, message: "invalid api key" } },
};

/** Answers one request by the scenario and logs it. */
export async function answerRequest(exchange: Exchange, playback: Playback): Promise<void> {
  const { request, response, url, rawBody } = exchange;
  const method = request.method ?? "";
  const key = PROTOCOLS.map((protocol) => protocol.apiKey(request.headers, url)).find(Boolean);
  const entry: Entry = {
    sequence: playback.nextSequence(),
    at: new Date().toISOString(),
    method,
    path: url.pathname,
    key: key === undefined ? null : `${key.slice(0, 6)}…(${key.length})`,
  };
  const record = (facts: Facts): void => playback.record({ ...entry, ...facts });
  for (const protocol of PROTOCOLS) {
    const route = protocol.route(method, url.pathname);
    if (route === undefined) continue;
    const body = rawBody === "" ? {} : objectOf(JSON.parse(rawBody));
    const call = { exchange, playback, protocol, route, body, key, record };
    if (route.kind === "generate") return generate({ ...call, sequence: entry.sequence });
    record({ protocol: protocol.name, kind: "count", status: 200 });
    return sendJson(response, 200, protocol.countTokens?.(body) ?? {});
  }
  if (method === "GET" && url.pathname.endsWith("/models")) {
    record({ protocol: "models", status: 200 });
    return sendJson(response, 200, modelList(playback.player.scenario.models ?? DEFAULT_MODELS));
  }
  record({ protocol: "other", status: 404, ...(playback.keepsBodies ? { body: rawBody } : {}) });
  const message = `fake-model has no ${method} ${url.pathname}`;
  sendJson(response, 404, { error: { type: "not_found_error", message } });
}

type GenerateCall = {
  readonly exchange: Exchange;
  readonly playback: Playback;
  readonly protocol: Protocol;
  readonly route: Route;
  readonly body: JsonObject;
  readonly key: string | undefined;
  readonly sequence: number;
  readonly record: (facts: Facts) => void;
};

async function generate(call: GenerateCall): Promise<void> {
  const { playback, protocol, exchange, body } = call;
  const { response, url, rawBody } = exchange;
  const asked = protocol.parse(body, call.route);
  const { requireKey } = playback.player.scenario;
  const hit =
    requireKey !== undefined && call.key !== requireKey
      ? WRONG_KEY
      : (playback.player.next({ ...asked, path: url.pathname, rawBody }) ?? NO_RULE_LEFT);
  const { rule } = hit;
  if (rule.times !== "any") playback.markBegun();
  const facts = {
    ...asked,
    protocol: protocol.name,
    rule: rule.name ?? ("index" in hit ? hit.index : "unnamed"),
    ...(playback.keepsBodies ? { body } : {}),
  };

  const gone = new AbortController();
  response.once("close", () => gone.abort());
  if (rule.delayMs !== undefined) await waitUnlessAborted(rule.delayMs, gone.signal);
  const failure = rule.error ?? (asked.stream ? undefined : rule.errorAfter);
  if (failure !== undefined) {
    call.record({ ...facts, status: failure.status });
    return sendJson(response, failure.status, protocol.error(failure), failure.headers);
  }

  const reply = rule.reply ?? { content: [] };
  const model = reply.model ?? asked.model;
  const id = `fake_${String(call.sequence).padStart(4, "0")}`;
  const context = { id, model, createdAt: Math.floor(Date.now() / 1000), body };
  const usage = allCounts(reply.usage);
  if (!asked.stream) {
    const served = { model, usage: response.destroyed ? null : usage };
    call.record({ ...facts, status: 200, served });
    return sendJson(response, 200, protocol.render(reply, context));
  }
  const streamed = { response, protocol, rule, reply, context, gone: gone.signal };
  const { ended, sentEvents } = await streamReply(streamed);
  if (ended === "complete") {
    return call.record({ ...facts, status: 200, ended, served: { model, usage } });
  }
  const startUsage = sentEvents > 0 ? protocol.startCounts?.(reply) : undefined;
  const served = { model, usage: null, ...(startUsage === undefined ? {} : { startUsage }) };
  call.record({ ...facts, status: 200, ended, served });
}
