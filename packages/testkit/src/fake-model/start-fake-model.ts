import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CONTROL_PREFIX, answerControl } from "./answer-control.ts";
import { answerRequest } from "./answer-request.ts";
import type { LoggedRequest } from "./logged-request.ts";
import { Playback, type PlaybackOptions } from "./playback.ts";
import { readBody } from "./read-body.ts";
import type { Scenario } from "./scenario.ts";
import { sendJson } from "./send-json.ts";
import { type ServedByModel, servedByModel } from "./served-by-model.ts";

export type FakeModelOptions = PlaybackOptions & {
  /** A free one is picked when left out. */
  readonly port?: number;
};

/** A running fake model. */
export interface FakeModel extends AsyncDisposable {
  /** Base address without a trailing slash; nothing but 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  /** The requests that were answered since the scenario was set. */
  requests(): readonly LoggedRequest[];
  /**
   * How many requests counted rules have begun to answer since the start. A reply that hangs is
   * begun but not yet in the log: this is what to wait for before cancelling.
   */
  begun(): number;
  /** Counted rules that were not used up. */
  unused(): readonly string[];
  /** Per model: what was served in full since the scenario was set. */
  served(): ServedByModel;
  /** Plays another scenario and empties the log. */
  setScenario(scenario: Scenario): void;
  close(): Promise<void>;
}

/**
 * Starts a scripted model server on loopback that speaks Anthropic Messages, OpenAI Chat
 * Completions, OpenAI Responses and Gemini on one port.
 *
 * @throws Error when the scenario is not sound or the port is taken.
 */
export async function startFakeModel(options: FakeModelOptions): Promise<FakeModel> {
  const playback = new Playback(options);
  const server = createServer((request, response) => {
    handle(request, response, playback).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      sendJson(response, 500, { error: { message: `fake-model: ${String(error)}` } });
    });
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on a TCP port has an address object, never a path.
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: () => playback.log,
    begun: () => playback.begun,
    unused: () => playback.player.unused(),
    served: () => servedByModel(playback.log),
    setScenario: (scenario) => playback.play(scenario),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  playback: Playback,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://fake");
  const rawBody = await readBody(request);
  const exchange = { request, response, url, rawBody };
  if (url.pathname.startsWith(CONTROL_PREFIX)) return answerControl(exchange, playback);
  await answerRequest(exchange, playback);
}
