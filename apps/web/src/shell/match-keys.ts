/** The parts of a keyboard event that decide which command it means. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey" | "isComposing" | "keyCode"
>;

/** 229 is what browsers report while an input method composes (https://www.w3.org/TR/uievents/#determine-keydown-keyup-keyCode). */
const composingKeyCode = 229;

/** Whether an input method is composing, when Enter and letters belong to it. */
export function isComposing(press: Pick<KeyPress, "isComposing" | "keyCode">): boolean {
  return press.isComposing || press.keyCode === composingKeyCode;
}

/**
 * Whether a key press is the chord `keys`. `mod` accepts Ctrl and Command alike. Shift is compared
 * only for letters: "?" already needs it on most layouts.
 */
export function matchesKeys(press: KeyPress, keys: string): boolean {
  if (isComposing(press)) return false;
  const parts = keys.toLowerCase().split("+");
  const key = parts.at(-1) ?? "";
  const wants = (modifier: string) => parts.slice(0, -1).includes(modifier);
  if (press.key.toLowerCase() !== key) return false;
  if ((press.ctrlKey || press.metaKey) !== wants("mod")) return false;
  if (press.altKey !== wants("alt")) return false;
  const isLetter = /^[a-z]$/.test(key);
  return !isLetter || press.shiftKey === wants("shift");
}

/** Whether a chord may fire while a text field has the focus. */
export function worksWhileTyping(keys: string): boolean {
  return keys.includes("mod+");
}

/** The chord as key names for a Kbd. */
export function keyNames(keys: string): readonly string[] {
  return keys.split("+");
}
