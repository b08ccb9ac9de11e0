import { useText } from "../i18n/use-text.ts";

/** A small steady dot beside a figure that is live. */
export function LiveDot() {
  const text = useText();
  return (
    <span
      role="img"
      aria-label={text.figures.live}
      className="inline-block size-1.5 shrink-0 rounded-full bg-running"
    />
  );
}
