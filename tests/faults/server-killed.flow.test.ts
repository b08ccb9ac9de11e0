import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usage } from "@headcount/contract/usage/routes";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { createProductDatabase } from "../support/test-database.ts";
import { deliverAll, openMachineOutbox } from "./support/open-machine-outbox.ts";
import { seeded } from "@headcount/testkit/seeded";
import { Served } from "./support/served.ts";
import { startRunByHand } from "./support/start-run-by-hand.ts";

const kills = testRuns(2);
/** Some batches of the outbox, so that one of them is on its way when the end comes. */
const callsPerKill = 2_000;

describe("a server that is killed while it takes usage", () => {
  let database: Awaited<ReturnType<typeof createProductDatabase>>;
  let product: Product;
  beforeAll(async () => {
    database = await createProductDatabase();
    product = await startProduct({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  it(
    "has booked what was served once it is back",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const random = seeded(41);
      await using directory = await temporaryDirectory();
      const { token, task } = await startRunByHand(product);
      const run = { task, served: new Served(random) };
      await using outbox = await openMachineOutbox({
        serverUrl: product.url,
        token,
        directory: path.join(directory.path, "outbox"),
        answerWithinMs: 20_000,
      });
      for (let kill = 0; kill < kills; kill += 1) {
        const records = Array.from({ length: callsPerKill }, () => run.served.next());
        await outbox.put(run, records);
        const delivering = outbox.deliver();
        // At any moment of the delivery: nothing is awaited that could be a condition.
        await new Promise((resolve) => setTimeout(resolve, random.below(500)));
        await product.stopServer("SIGKILL");
        await delivering;
        await product.startServer();
        await deliverAll(outbox);
      }
      const { total } = await product.call(usage.task, { workspace, taskId: task.taskId });
      const served = Object.entries(run.served.tokens).map(([name, sum]) => [name, Number(sum)]);
      expect(total.tokens).toMatchObject(Object.fromEntries(served));
      const { differences } = await product.call(usage.verify, { workspace });
      expect(differences).toEqual([]);
    },
  );
});
