import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTask } from "@headcount/server/testing/add-task";
import type { TestApp } from "@headcount/server/testing/test-app";
import { book, usageOf } from "@headcount/server/usage/ledger/usage.fixture";
import { displayWidth } from "../output/display-width.ts";
import type { FakeMachine } from "../testing/fake-io.fixture.ts";
import { createServedMachine, type ServedMachine } from "../testing/served-machine.fixture.ts";

describe("headcount live", () => {
  let served: ServedMachine;
  let app: TestApp;
  let machine: FakeMachine;
  beforeAll(async () => {
    served = await createServedMachine({ LANG: "en_US.UTF-8", NO_COLOR: "1" });
    ({ app, machine } = served);
    const task = await addTask(app);
    await addTask(app, { agentId: task.agentId, status: "queued" });
    await book(app, [usageOf(task, { input: 3_000_000 })]);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  test("shows one moment in 80 columns: figures, who is at work, and why the rest waits", async () => {
    const { code, stdout } = await machine.run(["live", "--once"], { columns: 80 });
    expect(code).toBe(0);
    expect(stdout).toMatch(/tokens\/min +3\.00M/);
    expect(stdout).toMatch(/cost\/h +\$180\.00/);
    expect(stdout).toMatch(/AT WORK \(1\)/);
    expect(stdout).toMatch(/ACME-1.*\$3\.00/);
    expect(stdout).toMatch(/WAITING \(1\)/);
    const widths = stdout.split("\n").map((line) => displayWidth(line));
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  test("gives the same moment as JSON", async () => {
    const { stdout } = await machine.run(["live", "--output", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      gauges: { oneHour: { costUsd: "3", tokens: { input: 3_000_000 } } },
      work: { total: 1 },
      queue: { total: 1 },
    });
  });
});
