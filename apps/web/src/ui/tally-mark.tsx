import type { CSSProperties } from "react";
import { classNames } from "./class-names.ts";

const strokes = ["M4.500 4v12", "M8.200 4v12", "M11.800 4v12", "M15.500 4v12"] as const;

type TallyMarkProps = {
  readonly size?: number;
  /** Strokes appear one by one, over and over. */
  readonly loading?: boolean;
  readonly className?: string;
};

/** Four strokes and a diagonal: the product's mark, and its sign that something is under way. */
export function TallyMark({ size = 20, loading = false, className }: TallyMarkProps) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      strokeWidth={size < 18 ? 2.1 : 1.9}
      strokeLinecap="round"
      className={classNames(loading && "tally-loading", className)}
    >
      {strokes.map((path, index) => (
        <path key={path} d={path} pathLength={1} stroke="currentColor" style={strokeOrder(index)} />
      ))}
      <path
        d="M1.800 13.600 18.200 6.400"
        pathLength={1}
        stroke="var(--accent)"
        style={strokeOrder(4)}
      />
    </svg>
  );
}

function strokeOrder(index: number): CSSProperties {
  return { "--stroke": index } as CSSProperties;
}
