import { classNames } from "../ui/class-names.ts";

const strokes = [
  "M5 4v12",
  "M9 4v12",
  "M13 4v12",
  "M17 4v12",
  "M1.500 14.500 20.500 5.500",
] as const;

type ProgressTallyProps = { readonly counted: number };

/** The product's mark as a count of the steps that are behind: a stroke each, the diagonal for the last. */
export function ProgressTally({ counted }: ProgressTallyProps) {
  return (
    <svg
      aria-hidden="true"
      width={44}
      height={40}
      viewBox="0 0 22 20"
      fill="none"
      strokeWidth={1.75}
      strokeLinecap="round"
    >
      {strokes.map((path, index) => (
        <path
          key={path}
          d={path}
          className={classNames(
            "transition-[stroke] duration-180",
            index >= counted && "stroke-strong-line",
            index < counted && (index === strokes.length - 1 ? "stroke-accent" : "stroke-ink"),
          )}
        />
      ))}
    </svg>
  );
}
