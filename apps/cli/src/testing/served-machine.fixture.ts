import { listen, type Listener } from "@headcount/server/listen";
import { createTestApp, type TestApp } from "@headcount/server/testing/test-app";
import { FakeMachine } from "./fake-io.fixture.ts";

/** A server that listens, and a machine on which Alice is signed in. */
export type ServedMachine = AsyncDisposable & {
  readonly app: TestApp;
  readonly listener: Listener;
  readonly machine: FakeMachine;
};

export async function createServedMachine(
  environment: Readonly<Record<string, string>> = {},
): Promise<ServedMachine> {
  const app = await createTestApp();
  const listener = await listen(app.app, { host: "127.0.0.1", port: 0, webDirectory: null });
  const machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: listener.url,
    HEADCOUNT_PAT: app.alice.token,
    ...environment,
  });
  return {
    app,
    listener,
    machine,
    async [Symbol.asyncDispose]() {
      await machine[Symbol.asyncDispose]();
      await listener.close();
      await app[Symbol.asyncDispose]();
    },
  };
}
