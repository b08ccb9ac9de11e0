import { WebSocket } from "ws";
import type { ServerFrame } from "@headcount/contract/realtime/frames";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import { account } from "@headcount/contract/users/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { listen } from "../listen.ts";
import { superviseServices } from "../supervise.ts";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";

/** A connection as a browser tab has one, with every frame that has arrived. */
export type Tab = {
  readonly frames: ServerFrame[];
  readonly socket: WebSocket;
  send(frame: object): void;
  until<T extends ServerFrame["type"]>(type: T): Promise<Extract<ServerFrame, { type: T }>>;
};

export type Tabs = {
  readonly test: TestApp;
  open(path?: string, headers?: Record<string, string>): Tab;
  signedIn(this: void, person: TestPerson): Promise<Tab>;
} & AsyncDisposable;

/** Serves an app of their own on a port of its own, with everything that feeds tabs running. */
export async function openTabs(): Promise<Tabs> {
  const test = await createTestApp();
  const listener = await listen(test.app, { host: "127.0.0.1", port: 0, webDirectory: null });
  const background = new AbortController();
  const services = superviseServices(
    [
      { name: "signals", run: test.app.signals.run },
      { name: "feed", run: test.app.feed.run },
    ],
    background.signal,
    test.app.services.log,
  );
  const sockets: WebSocket[] = [];
  const open: Tabs["open"] = (path = "/api/live", headers = {}) => {
    const socket = new WebSocket(`${listener.url.replace("http", "ws")}${path}`, { headers });
    sockets.push(socket);
    return tabOf(socket);
  };
  return {
    test,
    open,
    async signedIn(person) {
      const tab = open();
      await new Promise((resolve) => tab.socket.once("open", resolve));
      tab.send({ type: "auth", token: person.token });
      await tab.until("ready");
      return tab;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.terminate();
      background.abort();
      await services;
      await listener.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

function tabOf(socket: WebSocket): Tab {
  const frames: ServerFrame[] = [];
  socket.on("message", (data: Buffer) =>
    frames.push(JSON.parse(data.toString("utf8")) as ServerFrame),
  );
  socket.on("error", () => {});
  return {
    frames,
    socket,
    send: (frame) => socket.send(JSON.stringify(frame)),
    until: async (type) => {
      await waitFor(() => frames.some((frame) => frame.type === type), {
        describe: `a ${type} frame`,
      });
      return frames.find((frame) => frame.type === type) as never;
    },
  };
}

/** The newest change of the workspace that a person is in. */
export async function cursorOf(person: TestPerson): Promise<number> {
  const { workspaces } = await person.call(account.bootstrap, {});
  return workspaces[0]?.cursor ?? 0;
}

/** Types of all changes that have arrived in a tab, in order. */
export function typesIn(tab: Tab): string[] {
  return tab.frames.flatMap((frame) =>
    frame.type === "changes" ? frame.items.map((item) => item.type) : [],
  );
}

/** All lines of transcripts that have arrived in a tab, in order. */
export function rowsIn(tab: Tab): TranscriptRow[] {
  return tab.frames.flatMap((frame) => (frame.type === "rows" ? frame.items : []));
}
