import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addTask } from "@headcount/server/testing/add-task";
import { createTestApp } from "@headcount/server/testing/test-app";
import { book, usageOf } from "@headcount/server/usage/ledger/usage.fixture";
import { displayWidth } from "../../output/display-width.ts";
import type { RunResult } from "../../testing/fake-io.fixture.ts";
import { replyTo, runLine, shownBy } from "../../testing/run-line.fixture.ts";
import { type ServedMachine, serveMachine } from "../../testing/served-machine.fixture.ts";

const model = { provider: "lab", model: "secret-model-with-quite-a-long-name-2026" };

describe("prices on the command line", () => {
  let served: ServedMachine;
  let taskId: string;

  beforeAll(async () => {
    const app = await createTestApp({ startsAt: new Date("2026-11-21T12:05:00Z") });
    served = await serveMachine(app, { environment: { NO_COLOR: "1" } });
    const task = await addTask(app);
    taskId = task.id;
    await book(app, [
      usageOf(task, { ...model, key: "1/s/a", input: 1_000_000, output: 10_000 }),
      usageOf(task, { ...model, key: "1/s/b", input: 500_000, reportedCostUsd: "0.25" }),
      usageOf(task, { key: "1/s/c", input: 1_234_567, cacheRead: 10_000_000, output: 3 }),
    ]);
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const columns = 80;
  const run = (line: string): Promise<RunResult> => runLine(served.machine, line, { columns });
  const runInChinese = (line: string): Promise<RunResult> =>
    runLine(served.machine, line, { columns, environment: { LANG: "zh_CN.UTF-8" } });
  const json = (line: string): Promise<Record<string, unknown>> =>
    replyTo(served.machine, line, { columns });

  async function shown(line: string): Promise<string> {
    const text = await shownBy(served.machine, line, { columns });
    const widths = text.split("\n").map((row) => displayWidth(row));
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    return text;
  }

  test("from a task to the sum behind the cost of one of its events", async () => {
    const listed = await shown(`usage events ${taskId.slice(0, 12)}`);
    expect(listed.trimEnd().split("\n")).toHaveLength(4);
    const { items } = (await json(`usage events ${taskId}`)) as {
      items: readonly { id: string; model: string }[];
    };
    const event = items.find((item) => item.model === "headcount/tutorial")?.id ?? "";
    expect(listed).toContain(event);
    const explained = await shown(`usage explain ${event}`);
    expect(explained).toMatch(/Counts +\$2\.234582: our price of all of its tokens/);
    expect(explained).toMatch(/input +1234567 +1 +1\.234567\n/);
    expect(explained).toMatch(/cache read +10000000 +0\.1 +1\.000000\n/);
    expect(explained).toMatch(/output +3 +5 +0\.000015\n/);
    expect(explained).toMatch(/sum +11234570 +– +2\.234582\n/);
    const guessed = await shown(`usage explain ${taskId}/1/s/b`);
    expect(guessed).toMatch(/Reported +\$0\.25 \(estimated\)/);
    expect(guessed).toContain("500000 tokens without a known price.");
    expect(guessed).toMatch(/Counts +\$0\.25: what the CLI estimated/);
    expect((await run("usage explain nothing")).code).toBe(4);
  });

  test("a model without a price gets one, past usage follows when asked, and goes back", async () => {
    expect(await shown("usage unpriced")).toMatch(/lab +secret-\S+ +1\.01M +1 +2026-11-21/);
    expect(await shown("usage prices")).toMatch(/lab +secret-\S+( +–){5} +no price/);
    expect(await shown("usage reprice --dry-run")).toMatch(
      /lab +secret-\S+ +1 +1\.01M +– +no price\nNothing would change/,
    );

    const set = `usage price-set lab ${model.model}`;
    expect((await run(set)).code).toBe(5);
    expect((await runInChinese(`${set} --in 1`)).stderr).toContain("价格需要 --in 和 --out。");
    expect((await run(`${set} --free --in 1 --out 1`)).code).toBe(5);
    expect((await run(`${set} --in 1 --out x`)).code).toBe(5);
    expect((await run(`${set} --in 1 --out 1 --from yesterday`)).code).toBe(5);
    const priced = `${set} --in 0.5 --out 2 --cache-read 0.05 --from 2026-01-01`;
    expect(await shown(priced)).toMatch(/From +2025-12-31|From +2026-01-01/);
    expect(await shown("usage prices")).toMatch(/lab +secret-\S+ +0\.5 +0\.05 +– +– +2 +own/);
    expect(await shown("usage price-list")).toMatch(/secret-\S+ +0\.5 +2 .* open/);

    const dry = await shown("usage reprice --dry-run");
    expect(dry).toMatch(/ 1 +1\.01M +\$0 +\$0\.520\n/);
    const refused = await run("usage reprice");
    expect([refused.code, refused.stderr]).toEqual([5, expect.stringContaining("--yes")]);
    const chinese = await runInChinese("usage reprice");
    expect(chinese.stderr).toContain("将重新计价的用量记录：1 条。继续吗？");
    expect(chinese.stderr).toContain("1 条记录，1.01M 词元");
    const done = await run("usage reprice --yes");
    const id = /reprice-undo (\S+)`/.exec(done.stderr)?.[1] ?? "";
    expect(done.stdout).toBe("Events priced anew: 1, $0 → $0.520.\n");
    expect(await shown("usage reprice --yes")).toContain("Nothing would change.");
    // What its CLI has estimated counts until it is asked for.
    expect(await shown("usage reprice --all --dry-run")).toMatch(/ 1 +500k +\$0\.250 +\$0\.250\n/);
    expect(await shown("usage repricings")).toMatch(/ 1 +\$0 +\$0\.520 +done/);
    expect(await shown(`usage explain ${taskId}/1/s/a`)).toMatch(
      /priced anew; cost before: no price/,
    );

    expect(await json(`usage reprice-undo ${id.slice(0, 13)} --yes`)).toMatchObject({
      status: "undone",
      keptEvents: 0,
    });
    expect(await shown("usage unpriced")).toMatch(/1\.01M .* yes/);
    expect(await shown(`usage price-end ${model.model}`)).toMatch(/Ends +2026-11-21T12:05/);
    expect((await run(`usage price-end ${model.model}`)).code).toBe(4);
  });
});
