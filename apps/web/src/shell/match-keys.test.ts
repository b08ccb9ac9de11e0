import { expect, test } from "vitest";
import { matchesKeys, worksWhileTyping, type KeyPress } from "./match-keys.ts";

function press(key: string, changes: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    keyCode: 0,
    ...changes,
  };
}

test("mod means Ctrl or Command, and a bare letter means neither", () => {
  expect(matchesKeys(press("k", { ctrlKey: true }), "mod+k")).toBe(true);
  expect(matchesKeys(press("k", { metaKey: true }), "mod+k")).toBe(true);
  expect(matchesKeys(press("k"), "mod+k")).toBe(false);
  expect(matchesKeys(press("c", { ctrlKey: true }), "c")).toBe(false);
  expect(matchesKeys(press("c"), "c")).toBe(true);
});

test("shift separates letters but not signs that need it", () => {
  expect(matchesKeys(press("C", { shiftKey: true }), "c")).toBe(false);
  expect(matchesKeys(press("O", { shiftKey: true, metaKey: true }), "mod+shift+o")).toBe(true);
  expect(matchesKeys(press("?", { shiftKey: true }), "?")).toBe(true);
});

test("nothing fires while an input method composes", () => {
  expect(matchesKeys(press("c", { isComposing: true }), "c")).toBe(false);
  expect(matchesKeys(press("Enter", { keyCode: 229, ctrlKey: true }), "mod+enter")).toBe(false);
});

test("only chords with mod work while typing", () => {
  expect(worksWhileTyping("mod+k")).toBe(true);
  expect(worksWhileTyping("c")).toBe(false);
  expect(worksWhileTyping("?")).toBe(false);
});
