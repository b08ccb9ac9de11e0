import { daemon } from "@headcount/contract/daemon/routes";
import type { InputOf, OutputOf } from "@headcount/contract/kit/route";
import { changes } from "@headcount/contract/realtime/routes";
import type { TestApp } from "../testing/test-app.ts";
import type { TestMachine } from "../testing/test-machine.ts";

type AnnouncedRuntime = InputOf<typeof daemon.register>["runtimes"][number];

/** Bob's machine registers again and says `facts` of its one runtime. */
export function announceRuntime(
  app: TestApp,
  machine: TestMachine,
  facts: Partial<AnnouncedRuntime>,
): Promise<OutputOf<typeof daemon.register>> {
  return app.callAs(machine.token, daemon.register, {
    workspaceId: app.workspaceId,
    identity: {
      daemonId: machine.daemonId,
      deviceName: "Bob's machine",
      version: "0.1.0",
      platform: "linux",
      capabilities: ["resume"],
    },
    slots: { total: 20, free: 20 },
    runtimes: [
      {
        cli: "claude",
        cliTitle: "claude",
        version: "1.0.0",
        verified: true,
        coverage: { level: "exact", reason: "" },
        ...facts,
      },
    ],
  });
}

/** Types of the changes that Bob hears of while `run` is under way. */
export async function newsOf(
  app: TestApp,
  run: () => Promise<unknown>,
): Promise<readonly string[]> {
  const { cursor } = await app.bob.call(changes.cursor, { workspace: "acme" });
  await run();
  const { items } = await app.bob.call(changes.poll, { workspace: "acme", after: cursor });
  return items.map(({ type }) => type);
}
