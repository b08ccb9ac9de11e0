import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Books, makeBooks } from "@headcount/server/usage/query/books.fixture";
import { displayWidth } from "../output/display-width.ts";
import type { RunResult, RunSettings } from "../testing/fake-io.fixture.ts";
import { runLine, shownBy } from "../testing/run-line.fixture.ts";
import { type ServedMachine, serveMachine } from "../testing/served-machine.fixture.ts";

describe("usage on the command line", () => {
  let books: Books;
  let served: ServedMachine;
  const run = (line: string, settings?: RunSettings): Promise<RunResult> =>
    runLine(served.machine, line, settings);
  const done = (line: string, settings?: RunSettings): Promise<string> =>
    shownBy(served.machine, line, settings);

  beforeAll(async () => {
    books = await makeBooks();
    const environment = { LANG: "en_US.UTF-8", NO_COLOR: "1" };
    served = await serveMachine(books.test, { environment });
  });
  afterAll(() => served[Symbol.asyncDispose]());

  test("every form fits 80 columns and draws with what the terminal shows", async () => {
    for (const words of [
      "usage query --group-by time,agent --bucket week --metric tokens,cost,tasks,run_time",
      "usage query --group-by issue --metric tokens,input,cache_read,output,cost,tasks,failures",
      "usage daily",
      "usage by-agent",
      "usage by-model",
      "usage activity",
      "usage issue ACME-1",
      `usage task ${books.ids.adaTask}`,
      `usage runtime ${books.ids.sharedRuntime}`,
    ]) {
      const shown = await done(words, { columns: 80 });
      const widths = shown.split("\n").map((line) => displayWidth(line));
      expect([words, Math.max(...widths) <= 80]).toEqual([words, true]);
      expect([words, shown.split("\n").length > 3]).toEqual([words, true]);
      const plain = await done(words);
      expect([words, /^[\x20-\x7E\n–·…]*$/.test(plain)]).toEqual([words, true]);
    }
    expect(await done("usage daily", { columns: 80 })).toMatch(/[▁▂▃▄▅▆▇]/);
    expect(await done("usage activity", { columns: 80 })).toMatch(/Sun {2}.*█/);
  });

  test("a query shows rows, bars and the total that they sum to", async () => {
    const line = "usage query --group-by agent --metric tokens,cost,tasks --tz UTC";
    expect((await done(line, { columns: 80 })).split("\n")).toEqual([
      "AGENT               TOKENS       COST  TASKS",
      "Ada                   3160   $0.00312      1  ████████████",
      "Unmanaged sessions     500         $0      0  █▉",
      "Open                   362  $0.000450      1  █▍",
      "total                 4022   $0.00357      2",
      "",
    ]);
  });

  test("filters, ranges and order go to the server as they were meant", async () => {
    const line =
      'usage query --filter agent=Ada --filter agent=Open --filter "issue=ACME-2" --from 2026-10-31 --to 2026-10-31 --tz Asia/Kolkata --group-by time --bucket hour --metric tokens --output json';
    const reply = JSON.parse(await done(line)) as { totals: unknown; rows: unknown[] };
    expect(reply.totals).toEqual({ tokens: 100 });
    expect(reply.rows).toHaveLength(24);
    const failed = JSON.parse(
      await done("usage query --metric failures --group-by failure_class --output json"),
    ) as { totals: unknown };
    expect(failed.totals).toEqual({ failures: 1 });
  });

  test("CSV holds exactly the rows of the answer", async () => {
    const csv = await done("usage by-model --tz UTC --output csv");
    expect(csv.split("\r\n")).toEqual([
      "provider,model,tokens,input,cache_read,output,cost",
      "headcount,headcount/tutorial,4011,3907,70,30,0.003569",
      "acme,secret-1,11,11,0,0,",
      "",
    ]);
    expect((await done("usage daily --output csv")).split("\r\n")).toHaveLength(32);
    expect(await done("usage by-agent --output csv")).toContain("Ada,");
  });

  test("the tasks behind a figure end with what was left out and the figure itself", async () => {
    const lines = (
      await done("usage tasks --metric tokens,tasks --limit 2 --tz UTC", { columns: 80 })
    ).split("\n");
    expect(lines[0]).toMatch(/^TASK +ISSUE +AGENT +STATE +TOKENS +TASKS$/);
    expect(lines[1]).toMatch(/ACME-1 =Inside +Ada +done +3160 +1$/);
    expect(lines[2]).toMatch(/sessions without Headcount +500 +0$/);
    expect(lines[3]).toMatch(/^2 more +362 +1$/);
    expect(lines[4]).toMatch(/^total +4022 +2$/);
    const csv = await done("usage tasks --filter agent=Ada --metric tokens --output csv");
    expect(csv.split("\r\n")[1]).toMatch(/,ACME-1,'=Inside,Ada,.*,3160$/);
  });

  test("outcomes fit into 80 columns, and their rows and columns sum to the total", async () => {
    const lines = (await done("usage outcomes --by agent --tz UTC", { columns: 80 })).split("\n");
    expect(lines[0]).toMatch(/^AGENT +DONE +REWORK +ABANDONED +OPEN +OUTSIDE +COST$/);
    expect(lines.find((line) => line.startsWith("total"))).toMatch(
      /^total +\$0 +\$0 +\$0 +\$0.00357 +\$0 +\$0.00357$/,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const reply = JSON.parse(await done("usage outcomes --output json")) as { rows: unknown };
    expect(reply.rows).toEqual([]);
    expect(await done("usage outcomes --by model --output csv")).toContain("total,,0.003569,");
  });

  test("a month that is too young and an agent with too few tasks say so, in Chinese too", async () => {
    const forecast = await run("usage forecast --project Website --tz UTC", { columns: 80 });
    expect(forecast.stdout).toContain("BY 2026-11-30");
    expect(forecast.stderr).toContain("Too little history for a projection (billed): 11 of 56");
    const estimate = await run("usage estimate --agent Ada", {
      environment: { LANG: "zh_CN.UTF-8" },
    });
    expect(estimate.stderr).toContain("Ada 已完成 1 个任务，估计至少需要 8 个。");
    const reply = JSON.parse(await done("usage estimate --agent Ada --output json")) as object;
    expect(reply).toMatchObject({ agentName: "Ada", tasks: 1, cost: { usual: null } });
    expect((await run("usage estimate")).code).toBe(5);
  });

  test("what makes no sense ends with 5 and a sentence in the reader's language", async () => {
    for (const words of [
      "usage query --filter colour=red",
      "usage query --filter Ada",
      "usage query --metric speed",
      "usage tasks --metric active_agents",
      "usage tasks --order speed",
      "usage outcomes --by issue",
      "usage query --group-by agent,model,role",
      "usage query --from 2026-11-02 --to 2026-11-01",
      "usage query --tz Mars/Base",
      "usage query --days 90 --group-by time --bucket hour",
      "usage daily --days 0",
      "issue list --output csv",
    ]) {
      const result = await run(words);
      expect([words, result.code, result.stdout]).toEqual([words, 5, ""]);
      expect(result.stderr.trim()).not.toBe("");
    }
    const chinese = await run("usage query --filter Ada", {
      environment: { LANG: "zh_CN.UTF-8" },
    });
    expect(chinese.stderr).toContain("“Ada”不是筛选条件。");
    expect((await run(`usage query --filter agent=${crypto.randomUUID()}`)).code).toBe(4);
  });
});
