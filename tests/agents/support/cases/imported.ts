import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { ended } from "../account.ts";
import { type AgentCase, firstCall, secondCall } from "../agent-case.ts";
import type { AgentStage } from "../agent-stage.ts";
import { booksAgree } from "../books.ts";
import { done } from "../endings.ts";

const run = promisify(execFile);
const launcher = fileURLToPath(new URL("../../../../bin/headcount.mjs", import.meta.url));

/** What the CLI itself has written about a run is left out of an import: it is booked already. */
export const imported: AgentCase = {
  title: "an import leaves runs of Headcount out",
  async play(stage, coverage) {
    const { product, pointed } = stage;
    stage.play([
      {
        name: "tool",
        reply: { content: [pointed.runShell("echo hi")], usage: firstCall },
      },
      { name: "answer", reply: { content: [{ text: "Done." }], usage: secondCall } },
    ]);
    const { taskId } = await stage.assign("Say hi once more");
    await product.taskEnded(taskId);
    await ended(stage, taskId, { ending: done, coverage });
    const outcome = await bringIn(stage);
    expect(outcome.events).toBeGreaterThanOrEqual(2);
    expect(outcome).toMatchObject({
      stored: 0,
      brokenLines: 0,
      unreadable: [],
      rejectedFor: { managed_session: outcome.events },
    });
    await booksAgree(product);
  },
};

type Outcome = { readonly events: number; readonly [name: string]: unknown };

async function bringIn({ profile, product, pointed }: AgentStage): Promise<Outcome> {
  const words = ["usage", "import", profile.cli, "--again", "--output", "json"];
  const { stdout } = await run(process.execPath, [launcher, ...words], {
    env: {
      PATH: process.env["PATH"],
      ...pointed.environment,
      HEADCOUNT_SERVER_URL: product.url,
      HEADCOUNT_PAT: product.ownerToken,
      HEADCOUNT_STATE_DIR: path.join(product.directory, "person"),
    },
  });
  const { clis } = JSON.parse(stdout) as { clis: Outcome[] };
  return clis[0] ?? { events: 0 };
}
