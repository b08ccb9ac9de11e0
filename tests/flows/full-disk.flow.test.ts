import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { createProductDatabase } from "../support/test-database.ts";

describe("a machine whose disk is full", () => {
  let database: Awaited<ReturnType<typeof createProductDatabase>>;
  let product: Product;
  beforeAll(async () => {
    database = await createProductDatabase();
    product = await startProduct({
      databaseUrl: database.url,
      // More than any disk has left.
      daemonEnvironment: {
        HEADCOUNT_MIN_FREE_SPACE: "1000000000GiB",
        HEADCOUNT_POLL_INTERVAL: "1s",
      },
    });
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  it("INV-116 takes no work, and the waiting task says so and what to do", async () => {
    const runtime = await waitFor(
      async () => {
        const { items } = await product.call(runtimes.list, { workspace });
        return items.find((item) => item.cli === "tutorial" && item.problem !== null);
      },
      { describe: "a runtime with a problem", timeoutMs: 60_000 },
    );
    if (typeof runtime !== "object") throw new Error("waitFor gives what was found");
    expect(runtime).toMatchObject({ health: "online", problem: "disk_full" });
    const agent = await product.call(agents.create, {
      workspace,
      name: "Tutor",
      runtimeId: runtime.id,
    });
    const { taskId } = await product.assign("Wait", agent);
    const { status, reasons } = await product.call(tasks.why, { workspace, taskId });
    expect([status, reasons[0]?.code]).toEqual(["queued", "runtime_broken"]);
    expect(reasons[0]?.detail).toMatch(/disk/i);
    expect(reasons[0]?.action).toMatch(/space|disk/i);
    expect(runtime.problemDetail).toBe(reasons[0]?.detail);
    // It ends in order, and the task still waits for it.
    await product.stopDaemon();
    expect((await product.call(tasks.get, { workspace, taskId })).status).toBe("queued");
  });
});
