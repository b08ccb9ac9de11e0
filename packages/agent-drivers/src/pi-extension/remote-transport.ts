import { objectAt, stringAt } from "../core/json.ts";
import type { OpenMcpTransport } from "./mcp-transport.ts";

/** An address: every message is a POST, see MCP's "streamable HTTP" transport. */
export const openRemoteTransport: OpenMcpTransport = (server, { onMessage, onEnd }) => {
  const url = stringAt(server, "url") ?? "";
  const own = objectAt(server, "headers") as Record<string, string>;
  const closing = new AbortController();
  let session: string | null = null;
  const deliver = async (body: string): Promise<void> => {
    const reply = await fetch(url, {
      method: "POST",
      body,
      signal: closing.signal,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...own,
        ...(session === null ? {} : { "mcp-session-id": session }),
      },
    });
    session = reply.headers.get("mcp-session-id") ?? session;
    if (!reply.ok) throw new Error(`it answered with HTTP ${reply.status}`);
    const isStream = reply.headers.get("content-type")?.startsWith("text/event-stream") === true;
    if (isStream && reply.body !== null) {
      for await (const data of eventsOf(reply.body)) onMessage(JSON.parse(data));
      return;
    }
    const text = await reply.text();
    if (text.trim() !== "") onMessage(JSON.parse(text));
  };
  return {
    send(message) {
      deliver(message).catch((error: unknown) => {
        if (!closing.signal.aborted) onEnd(error instanceof Error ? error.message : String(error));
      });
    },
    close: () => closing.abort(),
  };
};

/** The data of each event of a stream, as the HTML standard defines server-sent events. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = "";
  for await (const chunk of body) {
    pending += decoder.decode(chunk, { stream: true });
    const events = pending.split(/\r?\n\r?\n/);
    pending = events.pop() ?? "";
    for (const event of events) {
      const data = event.split(/\r?\n/).filter((line) => line.startsWith("data:"));
      if (data.length > 0) yield data.map((line) => line.slice(5).trimStart()).join("\n");
    }
  }
}
