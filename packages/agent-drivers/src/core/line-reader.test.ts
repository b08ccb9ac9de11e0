import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineReader } from "./line-reader.ts";

function read(
  chunks: readonly Uint8Array[],
  maximumBytes?: number,
): { lines: string[]; overflows: number } {
  const lines: string[] = [];
  let overflows = 0;
  const reader = createLineReader({
    onLine: (line) => lines.push(line),
    onOverflow: () => {
      overflows += 1;
    },
    ...(maximumBytes === undefined ? {} : { maximumBytes }),
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return { lines, overflows };
}

function split(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const cuts = [0, ...at.map((position) => position % (bytes.length + 1)), bytes.length];
  const sorted = cuts.toSorted((left, right) => left - right);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

describe("line reader", () => {
  it("gives the same lines however the bytes are split", () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n]/g, ""));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(""));
        expect(read(split(bytes, cuts)).lines).toEqual(lines);
      }),
    );
  });

  it("takes CRLF, empty lines and a last line without an end", () => {
    expect(read([Buffer.from("a\r\n\nb\rc\n"), Buffer.from("last")]).lines).toEqual([
      "a",
      "",
      "b\rc",
      "last",
    ]);
  });

  it("stops at a line over the limit, once, and delivers nothing after it", () => {
    const chunks = ["ok\n", "123456", "7890", "1\n", "later\n"].map((text) => Buffer.from(text));
    expect(read(chunks, 10)).toEqual({ lines: ["ok"], overflows: 1 });
  });

  it("accepts a line of exactly the limit", () => {
    expect(read([Buffer.from("1234567890\n")], 10)).toEqual({
      lines: ["1234567890"],
      overflows: 0,
    });
  });
});
