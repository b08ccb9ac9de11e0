import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestApp } from "@headcount/server/testing/test-app";
import { change, keepBooks } from "@headcount/server/usage/verify/books.fixture";
import type { FakeMachine, RunResult } from "../../testing/fake-io.fixture.ts";
import { createServedMachine, type ServedMachine } from "../../testing/served-machine.fixture.ts";

describe("the operator's commands for the books", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  const run = (line: string): Promise<RunResult> => machine.run(line.split(" "));

  beforeAll(async () => {
    served = await createServedMachine();
    ({ app, machine } = served);
    await keepBooks(app);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  it("verify, rebuild --dry-run, rebuild, verify", async () => {
    const clean = await run("usage verify --output json --sleep-between-slices 1ms");
    expect(clean.code).toBe(0);
    expect(JSON.parse(clean.stdout)).toEqual({
      ledgerEvents: 12,
      rollupRows: expect.any(Number),
      differences: [],
    });

    await change(app, (tx) => tx`update usage_buckets set output = 70 where output = 7`);
    const found = await run("usage verify");
    expect([found.code, found.stderr]).toEqual([1, "Repair it with `headcount usage rebuild`.\n"]);
    expect(found.stdout).toContain("12 events");
    expect(found.stdout).toContain("output=70");

    const dry = await run("usage rebuild --dry-run --output json");
    expect(dry.code).toBe(1);
    expect(JSON.parse(dry.stdout)).toMatchObject({ repaired: 0 });
    expect((await run("usage rebuild --from 2020-01-01 --to 2020-01-31")).stdout).toContain(
      "0 differences",
    );
    const rebuilt = await run("usage rebuild --months-back 2");
    expect([rebuilt.code, rebuilt.stdout]).toEqual([
      0,
      expect.stringContaining("rows were repaired"),
    ]);
    expect((await run("usage verify")).code).toBe(0);
  });

  it("quarantine", async () => {
    expect(await run("usage quarantine")).toMatchObject({ code: 0, stderr: "Nothing found.\n" });
  });
});
