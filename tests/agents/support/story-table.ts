import type { Reporter, TestCase, TestModule } from "vitest/node";
import { caseHeads, type CaseName } from "./case-names.ts";
import type { StoryMeta } from "./story-meta.ts";

type Told = StoryMeta & {
  readonly result: "exact" | "partial" | "none" | "failed" | "skipped";
  readonly seconds: number;
  /** Why it was skipped. */
  readonly note?: string;
};

/**
 * Closes a run with the table of CLIs and cases: what the product knew of the tokens of a case that
 * passed, or that it failed. With HEADCOUNT_AGENT_TABLE=json it is one line of JSON.
 */
export default class StoryTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const told = modules.flatMap((module) => [...module.children.allTests()].flatMap(toldBy));
    if (told.length === 0) return;
    const asJson = process.env["HEADCOUNT_AGENT_TABLE"] === "json";
    const text = asJson ? JSON.stringify({ stories: told }) : tableOf(told);
    process.stdout.write(`\n${text}\n`);
  }
}

function toldBy(test: TestCase): readonly Told[] {
  const { story } = test.meta();
  const result = test.result();
  if (story === undefined || result.state === "pending") return [];
  const seconds = Math.round((test.diagnostic()?.duration ?? 0) / 100) / 10;
  if (result.state === "skipped") {
    return [{ ...story, result: "skipped", seconds, ...(result.note && { note: result.note }) }];
  }
  const passed = result.state === "passed" ? story.coverage : undefined;
  return [{ ...story, result: passed ?? "failed", seconds }];
}

function tableOf(told: readonly Told[]): string {
  const names = Object.keys(caseHeads) as CaseName[];
  const head = ["CLI", "version", ...names.map((name) => caseHeads[name])];
  const rows = [...Map.groupBy(told, ({ cli }) => cli)].map(([cli, stories]) => {
    const version = stories.find((story) => story.version)?.version ?? "";
    const cells = names.map((name) => cellOf(stories.find((story) => story.name === name)));
    return [cli, version, ...cells];
  });
  return [...alignedLines([head, ...rows]), "", ...moreLines(told), ...reasonLines(told)].join(
    "\n",
  );
}

/** E.g. `partial` or, where a run was stopped, `exact 0.4 s`: how long anything of it lived on. */
function cellOf(story: Told | undefined): string {
  if (story === undefined || story.result === "skipped") return "–";
  const { result, stoppedInMs } = story;
  if (typeof stoppedInMs !== "number") return result;
  return `${result} ${(stoppedInMs / 1_000).toFixed(1)} s`;
}

/** Stories that have no column. */
function moreLines(told: readonly Told[]): readonly string[] {
  const more = told.filter(({ name, result }) => name === null && result !== "skipped");
  return more.map(({ cli, title, result }) => `${cli}: ${title}: ${result}`);
}

/** Why something is not known, and why a CLI was left out. */
function reasonLines(told: readonly Told[]): readonly string[] {
  const lines = told.flatMap(({ cli, result, reasons = [], note }) =>
    [
      ...reasons.map((reason) => `${result}: ${reason}`),
      ...(note ? [`left out: ${note}`] : []),
    ].map((line) => `${cli}: ${line}`),
  );
  return [...new Set(lines)];
}

function alignedLines(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
