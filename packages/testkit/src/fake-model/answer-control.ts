import { checkScenario } from "./check-scenario.ts";
import type { Exchange } from "./answer-request.ts";
import type { Playback } from "./playback.ts";
import { sendJson } from "./send-json.ts";
import { servedByModel } from "./served-by-model.ts";

/** Paths under this prefix control the server; they are neither logged nor played. */
export const CONTROL_PREFIX = "/__fake/";

/** What a test reads or changes over HTTP when the server runs in another process. */
export function answerControl(exchange: Exchange, playback: Playback): void {
  const { request, response, url, rawBody } = exchange;
  const name = url.pathname.slice(CONTROL_PREFIX.length);
  if (name === "scenario" && request.method === "PUT") {
    return replaceScenario(exchange, playback, rawBody);
  }
  const answers: Readonly<Record<string, () => unknown>> = {
    health: () => ({ ok: true }),
    requests: () => playback.log,
    served: () => servedByModel(playback.log),
    unused: () => playback.player.unused(),
  };
  const answer = request.method === "GET" ? answers[name] : undefined;
  if (answer === undefined) return sendJson(response, 404, { error: "no such control" });
  sendJson(response, 200, answer());
}

function replaceScenario(exchange: Exchange, playback: Playback, rawBody: string): void {
  try {
    playback.play(checkScenario(JSON.parse(rawBody)));
  } catch (error) {
    return sendJson(exchange.response, 400, { error: String(error) });
  }
  sendJson(exchange.response, 200, { ok: true });
}
