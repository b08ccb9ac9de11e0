import { listen, type Listener } from "@headcount/server/listen";
import { createTestApp, type TestApp, type TestPerson } from "@headcount/server/testing/test-app";
import { FakeMachine } from "./fake-io.fixture.ts";

/** A server that listens, and a machine on which somebody is signed in. */
export type ServedMachine = AsyncDisposable & {
  readonly app: TestApp;
  readonly listener: Listener;
  readonly machine: FakeMachine;
};

/** A server of its own, and a machine of Alice's. */
export async function createServedMachine(
  environment: Readonly<Record<string, string>> = {},
): Promise<ServedMachine> {
  return serveMachine(await createTestApp(), { environment });
}

export type MachineSettings = {
  /** Who is signed in; Alice unless stated. */
  readonly person?: TestPerson;
  readonly environment?: Readonly<Record<string, string>>;
};

/** Lets a server listen for a machine; both end together. */
export async function serveMachine(
  app: TestApp,
  { person = app.alice, environment = {} }: MachineSettings = {},
): Promise<ServedMachine> {
  const listener = await listen(app.app, { host: "127.0.0.1", port: 0, webDirectory: null });
  const machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: listener.url,
    HEADCOUNT_PAT: person.token,
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
