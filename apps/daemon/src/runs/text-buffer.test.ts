import { createRedactor } from "@headcount/redaction/redactor";
import fc from "fast-check";
import { expect, test } from "vitest";
import { TextBuffer } from "./text-buffer.ts";

const secret = "canary-secret-value-7f3a";

test("INV-83 a secret is removed even when the text is handed over in the middle of it", () => {
  const text = `before ${secret} between ${secret} after`;
  const place = fc.record({ cut: fc.nat(text.length), isFlushed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(place, { maxLength: 12 }), (places) => {
      let shown = "";
      const redactor = createRedactor({ secrets: [secret], homes: [] });
      const buffer = new TextBuffer(redactor, (piece) => (shown += piece.text));
      let from = 0;
      for (const { cut, isFlushed } of places.toSorted((a, b) => a.cut - b.cut)) {
        buffer.push("text", false, text.slice(from, cut));
        if (isFlushed) buffer.flush();
        from = cut;
      }
      buffer.push("text", false, text.slice(from));
      buffer.end();
      expect(shown).toBe("before [redacted] between [redacted] after");
    }),
  );
});
