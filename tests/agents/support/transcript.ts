import { expect } from "vitest";
import type { TaskId } from "@headcount/contract/kit/ids";
import { tasks } from "@headcount/contract/tasks/routes";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import { type Product, workspace } from "../../support/start-product.ts";

export async function transcriptOf(
  product: Product,
  taskId: TaskId,
): Promise<readonly TranscriptRow[]> {
  const page = await product.call(tasks.transcript, { workspace, taskId, limit: 2_000 });
  expect(page.hasMore).toBe(false);
  return page.items;
}

type ToolCall = {
  readonly input: RegExp;
  /** Null for a call that never came back. */
  readonly output: RegExp | null;
};

/** Each tool call is there with what went in, and each that came back with what came out. */
export function hasToolCalls(rows: readonly TranscriptRow[], calls: readonly ToolCall[]): void {
  const uses = rows.filter((row) => row.type === "tool_use");
  const seen = uses.map((use) => {
    const result = rows.find((row) => row.type === "tool_result" && row.callId === use.callId);
    return { input: JSON.stringify(use.input), output: result?.content ?? null };
  });
  const wanted = calls.map(({ input, output }) => ({
    input: expect.stringMatching(input) as string,
    output: output === null ? null : (expect.stringMatching(output) as string),
  }));
  expect(seen).toEqual(wanted);
}

/** What went into each tool call, as JSON. */
export function toolInputs(rows: readonly TranscriptRow[]): readonly string[] {
  return rows.filter((row) => row.type === "tool_use").map((row) => JSON.stringify(row.input));
}

/** What was said after the last tool call. */
export function finalText(rows: readonly TranscriptRow[]): string {
  const lastTool = rows.findLastIndex((row) => row.type === "tool_result");
  const said = rows.slice(lastTool + 1).filter((row) => row.type === "text");
  return said.map((row) => row.content).join("");
}

/** Rows of one type as they are shown. */
export function textsOf(
  rows: readonly TranscriptRow[],
  type: TranscriptRow["type"],
): readonly string[] {
  return rows.filter((row) => row.type === type).map((row) => row.content);
}
