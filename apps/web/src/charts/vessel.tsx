import { useId } from "react";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";

type VesselProps = {
  /** Whose tank it is, e.g. "Tank of acme". */
  readonly label: string;
  /** What is left of what was filled in, 0 to 1. */
  readonly level: number;
  /** What is left, as people read it: $41.20. */
  readonly figure: string;
  /** What goes out per hour, e.g. "$2.10/h"; null while nothing does. */
  readonly drain: string | null;
  /** How long it lasts like this, e.g. "19h 40m"; null while nothing goes out. */
  readonly untilEmpty: string | null;
  /** Amber and red are said by the tank's own thresholds, not by the picture. */
  readonly state?: "enough" | "low" | "empty";
  /** CSS pixels of the vessel's height. */
  readonly height?: number;
};

const colours = {
  enough: "var(--series-1)",
  low: "var(--waiting)",
  empty: "var(--failed)",
} as const;

const outer = { width: 64, height: 96, radius: 10 } as const;
const wallPx = 3;
/** Marks on the wall, as shares of the whole. */
const marks = [0.25, 0.5, 0.75];

/** A tank as what it is: how full, how fast it drains and when it is empty. */
export function Vessel({
  label,
  level,
  figure,
  drain,
  untilEmpty,
  state = "enough",
  height = outer.height,
}: VesselProps) {
  const text = useText();
  const format = useFormat();
  const hatch = useId();
  const share = Math.min(1, Math.max(0, level));
  const percent = Math.round(share * 100);
  const inside = outer.height - 2 * wallPx;
  const top = wallPx + inside * (1 - share);
  const words = [
    share === 0 ? text.charts.vesselEmpty : text.charts.vessel({ level: format.percent(share) }),
    drain === null ? text.charts.steady : text.charts.drain({ rate: drain }),
    ...(untilEmpty === null ? [] : [text.charts.untilEmpty({ duration: untilEmpty })]),
  ];
  return (
    <div className="flex items-center gap-3">
      <svg
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${figure}, ${words.join(", ")}`}
        viewBox={`0 0 ${outer.width} ${outer.height}`}
        height={height}
        className="shrink-0"
      >
        <defs>
          <clipPath id={hatch}>
            <rect
              x={wallPx}
              y={wallPx}
              width={outer.width - 2 * wallPx}
              height={inside}
              rx={outer.radius - wallPx}
            />
          </clipPath>
        </defs>
        <g clipPath={`url(#${hatch})`}>
          <rect y={wallPx} width={outer.width} height={inside} fill="var(--sunken)" />
          <rect
            data-level=""
            y={top}
            width={outer.width}
            height={inside * share}
            fill={colours[state]}
            opacity="0.28"
          />
          {share > 0 && <rect y={top} width={outer.width} height="2" fill={colours[state]} />}
        </g>
        <rect
          x={wallPx / 2}
          y={wallPx / 2}
          width={outer.width - wallPx}
          height={outer.height - wallPx}
          rx={outer.radius - wallPx / 2}
          fill="none"
          stroke="var(--strong-line)"
          strokeWidth={wallPx / 2}
        />
        {marks.map((mark) => (
          <line
            key={mark}
            x1={outer.width - 12}
            x2={outer.width - wallPx}
            y1={wallPx + inside * (1 - mark)}
            y2={wallPx + inside * (1 - mark)}
            stroke="var(--strong-line)"
          />
        ))}
      </svg>
      <p aria-hidden="true" className="figures flex flex-col text-12 text-balance text-muted">
        <span className="text-20 font-semibold text-ink">{figure}</span>
        {words.map((word) => (
          <span key={word}>{word}</span>
        ))}
      </p>
    </div>
  );
}
