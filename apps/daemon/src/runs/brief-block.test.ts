import fc from "fast-check";
import { expect, test } from "vitest";
import { withBrief, withoutBrief } from "./brief-block.ts";

const bytes = fc
  .uint8Array({ maxLength: 200 })
  .map((array) => Buffer.from(array).toString("latin1"));
const pieces = fc
  .array(
    fc.oneof(
      bytes,
      fc.constantFrom(
        "\n",
        "<!-- headcount:begin after -->\n",
        "<!-- headcount:end -->\n",
        "# Rules\n",
      ),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));
/** A file that holds a whole block already is one of ours; taking that out is right. */
const personsFile = pieces.filter((file) => withoutBrief(file) === file);

test("INV-58 putting the brief in and taking it out leaves any file byte for byte as it was", () => {
  fc.assert(
    fc.property(personsFile, pieces, (file, brief) => {
      expect(withoutBrief(withBrief(file, brief))).toBe(file);
    }),
    { numRuns: 500 },
  );
});

test("INV-58 a file that did not exist goes again; an empty one stays", () => {
  fc.assert(
    fc.property(pieces, (brief) => {
      expect(withoutBrief(withBrief(null, brief))).toBeNull();
      expect(withoutBrief(withBrief("", brief))).toBe("");
    }),
  );
});

test("a second brief replaces the first", () => {
  fc.assert(
    fc.property(personsFile, pieces, pieces, (file, first, second) => {
      expect(withBrief(withBrief(file, first), second)).toBe(withBrief(file, second));
    }),
  );
});

test("what an agent adds after the block is kept", () => {
  const file = `${withBrief("# Rules\n", "Be brief.")}- learned: use pnpm\n`;
  expect(withoutBrief(file)).toBe("# Rules\n- learned: use pnpm\n");
});

test("INV-59 the same brief makes the same bytes, and stands between the markers", () => {
  const file = withBrief("# Rules", "Be brief.");
  expect(file).toBe(withBrief("# Rules", "Be brief."));
  expect(file).toBe(
    "# Rules\n<!-- headcount:begin joined -->\nBe brief.\n<!-- headcount:end -->\n",
  );
});
