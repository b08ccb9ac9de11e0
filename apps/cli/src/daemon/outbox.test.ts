import { expect, test } from "vitest";
import { displayWidth } from "../output/display-width.ts";
import { makePrinter } from "../output/printer.ts";
import { daemonOutbox } from "./outbox.ts";

const refused = (sequence: number, reason: string): Record<string, unknown> => ({
  taskId: `01a200${sequence}-43c2-7660-947a-4c34ab3e7495`,
  lease: 12,
  sequence,
  kind: "transcript",
  reason,
  atMs: Date.UTC(2026, 10, 21, 22, 5),
});

test("refused records fit 80 columns and keep the beginning of their reason", () => {
  let shown = "";
  const printer = makePrinter({
    write: (text) => (shown += text),
    hint: () => {},
    columns: 80,
    colour: false,
    fullId: false,
    ink: "ascii",
  });
  daemonOutbox.print?.(
    {
      depth: 41_234,
      oldestAgeMs: 3_723_000,
      rejected: [
        refused(95, "task.not_found"),
        refused(96, `validation of a field with a long name: ${"x".repeat(200)}`),
      ],
    },
    printer,
  );
  const lines = shown.trimEnd().split("\n");
  expect(lines[0]).toBe("41234 records, the oldest 3723 s old; 2 refused by the server.");
  expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
  expect(lines[2]).toMatch(/12\.95 +transcript +task\.not_found +2026-11-21T22:05/);
  expect(lines[3]).toContain("validation of");
});
