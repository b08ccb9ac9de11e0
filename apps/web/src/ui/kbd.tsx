import { isApple } from "./is-apple.ts";

const arrows = { arrowleft: "←", arrowright: "→", arrowup: "↑", arrowdown: "↓" };
const appleNames: Readonly<Record<string, string>> = {
  mod: "⌘",
  shift: "⇧",
  alt: "⌥",
  enter: "↵",
  ...arrows,
};
const otherNames: Readonly<Record<string, string>> = {
  mod: "Ctrl",
  shift: "Shift",
  alt: "Alt",
  enter: "Enter",
  ...arrows,
};

/** Keys of a shortcut, named as on the reader's keyboard; `mod` is Cmd or Ctrl. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  const names = isApple() ? appleNames : otherNames;
  return (
    <span className="inline-flex items-center gap-0.5">
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-tag border border-line bg-sunken px-1 font-sans text-11 text-muted"
        >
          {names[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key)}
        </kbd>
      ))}
    </span>
  );
}
