import type { IncomingMessage, ServerResponse } from "node:http";
import { type JsonObject, objectOf } from "./json.ts";
import type { LoggedRequest } from "./logged-request.ts";
import { modelList } from "./model-list.ts";
import type { ModelRequest } from "./model-request.ts";
import type { Playback } from "./playback.ts";
import type { Protocol, ReplyContext, Route } from "./protocol.ts";
import { anthropic } from "./protocols/anthropic.ts";
import { gemini } from "./protocols/gemini.ts";
import { openAiChat } from "./protocols/openai-chat.ts";
import { openAiResponses } from "./protocols/openai-responses.ts";
import type { ErrorReply, Reply, Rule } from "./scenario.ts";
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
type RuleUse = { readonly rule: Rule; readonly index: number };
type RuleHit = { readonly rule: Rule & { readonly error: ErrorReply } };

const EMPTY_REPLY: Reply = { content: [] };
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
  const { response } = exchange;
  const asked = protocol.parse(body, call.route);
  const hit = pickRule(call, asked);
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
  const answer = { call, rule, facts, model: rule.reply?.model ?? asked.model, gone: gone.signal };
  if (asked.stream) return sendStream(answer);
  sendWhole(answer);
}

function pickRule(
  { exchange, playback, key }: GenerateCall,
  asked: ModelRequest,
): RuleHit | RuleUse {
  const { requireKey } = playback.player.scenario;
  if (requireKey !== undefined && key !== requireKey) return WRONG_KEY;
  const { rawBody, url } = exchange;
  return playback.player.next({ ...asked, path: url.pathname, rawBody }) ?? NO_RULE_LEFT;
}

type Answer = {
  readonly call: GenerateCall;
  readonly rule: Rule;
  readonly facts: Omit<Facts, "status">;
  readonly model: string;
  readonly gone: AbortSignal;
};

function sendWhole({ call, rule, facts, model }: Answer): void {
  const { response } = call.exchange;
  const reply = rule.reply ?? EMPTY_REPLY;
  const usage = response.destroyed ? null : allCounts(reply.usage);
  call.record({ ...facts, status: 200, served: { model, usage } });
  sendJson(response, 200, call.protocol.render(reply, contextOf(call, model)));
}

async function sendStream({ call, rule, facts, model, gone }: Answer): Promise<void> {
  const { exchange, protocol } = call;
  const reply = rule.reply ?? EMPTY_REPLY;
  const context = contextOf(call, model);
  const streamed = { response: exchange.response, protocol, rule, reply, context, gone };
  const { ended, sentEvents } = await streamReply(streamed);
  const usage = ended === "complete" ? allCounts(reply.usage) : null;
  const hasStarted = usage === null && sentEvents > 0;
  const startUsage = hasStarted ? protocol.startCounts?.(reply) : undefined;
  const served = { model, usage, ...(startUsage === undefined ? {} : { startUsage }) };
  call.record({ ...facts, status: 200, ended, served });
}

function contextOf(call: GenerateCall, model: string): ReplyContext {
  const id = `fake_${String(call.sequence).padStart(4, "0")}`;
  return { id, model, createdAt: Math.floor(Date.now() / 1000), body: call.body };
}
