import { expect, test } from "vitest";
import { revealHidden } from "./reveal-hidden.ts";

test("characters that hide or reorder text are shown by code point", () => {
  expect(revealHidden("run\u200b this")).toBe("run⟦U+200B⟧ this");
  expect(revealHidden("abc\u202edcba")).toBe("abc⟦U+202E⟧dcba");
  expect(revealHidden("x\u{e0041}y")).toBe("x⟦U+E0041⟧y");
});

test("emoji built from several and ordinary text in any script stay as they are", () => {
  expect(revealHidden("👩‍💻 写好了, café")).toBe("👩‍💻 写好了, café");
});

test("a joiner outside an emoji is shown", () => {
  expect(revealHidden("ad\u200dmin")).toBe("ad⟦U+200D⟧min");
});
