import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CliSpec } from "../core/cli-spec.ts";
import { cliSpecs } from "./cli-specs.ts";

const file = join(import.meta.dirname, "../../../../docs/agents.md");

/** The line that the document has to have about a row. */
function lineOf(spec: CliSpec): string {
  const { version, usage, resume } = spec;
  const program = spec.bins.map((name) => `\`${name}\``).join(", ");
  const cells = [
    `\`${spec.id}\``,
    spec.title,
    program === "" ? "–" : program,
    spec.driver,
    spec.prompt,
    resume.kind,
    spec.verified ? "yes" : "no",
    [version.minimum === null ? "" : `≥ ${version.minimum}.`, version.note ?? ""].join(" ").trim(),
    tokensOf(usage),
  ];
  return cells.join(" | ");
}

function tokensOf({ accumulation, gap }: CliSpec["usage"]): string {
  if (accumulation === "none") return `none: ${gap}`;
  return gap === null ? "exact" : `partial: ${gap}`;
}

/** Lines of the document's table, without the padding that formatting adds. */
function writtenLines(): readonly string[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim())
        .join(" | "),
    );
}

describe("docs/agents.md", () => {
  it("has one line about every row, in the order of the table, and says what the row says", () => {
    expect(writtenLines()).toEqual(cliSpecs.map((spec) => lineOf(spec)));
  });
});
