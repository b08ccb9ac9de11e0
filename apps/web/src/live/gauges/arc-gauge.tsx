import type { ReactNode } from "react";
import { useText } from "../../i18n/use-text.ts";
import { shareOf } from "./gauge-scale.ts";

type ArcGaugeProps = {
  /** What is measured, e.g. "Tokens". */
  readonly label: string;
  /** Below the figure, e.g. "per minute". */
  readonly unit: string;
  readonly value: number;
  /** Where the scale ends. */
  readonly scale: number;
  /** Where busy moments lie; null before there was one. */
  readonly busy: number | null;
  /** As people read it: 12.4 k. */
  readonly format: (value: number) => string;
  /** The figure in the middle, where it is more than the formatted value. */
  readonly figure?: ReactNode;
  /** A CSS colour. */
  readonly colour: string;
  /** What the figure is made of. */
  readonly children?: ReactNode;
};

const size = 132;
const centre = size / 2;
const radius = 56;
const strokeWidth = 7;
/** An arc of 240 degrees, open at the bottom. */
const sweep = 240;
const start = 150;
const arcLength = (2 * Math.PI * radius * sweep) / 360;

/** A figure with its place on a scale of its own: an arc, and a tick where busy moments lie. */
export function ArcGauge({
  label,
  unit,
  value,
  scale,
  busy,
  format,
  figure,
  colour,
  children,
}: ArcGaugeProps) {
  const text = useText();
  const filled = shareOf(value, scale) * arcLength;
  const described = [
    text.live.gaugeOf({ figure: `${format(value)} ${unit}`, scale: format(scale) }),
    ...(busy === null ? [] : [text.live.busy({ figure: format(busy) })]),
  ].join(", ");
  return (
    <div className="flex min-w-0 flex-col items-center">
      <div className="relative w-full max-w-(--gauge-size)">
        <svg
          role="meter"
          aria-label={label}
          aria-valuenow={value}
          aria-valuemin={0}
          aria-valuemax={scale}
          aria-valuetext={described}
          viewBox={`0 0 ${size} 112`}
          className="block w-full overflow-visible"
        >
          <title>{described}</title>
          <path d={arc} fill="none" stroke="var(--line)" {...stroke} />
          {filled > 0 && (
            <path
              d={arc}
              fill="none"
              stroke={colour}
              strokeDasharray={`${filled} ${arcLength * 2}`}
              className="transition-[stroke-dasharray] duration-180 ease-out motion-reduce:transition-none"
              {...stroke}
            />
          )}
          {busy !== null && (
            <path d={tickAt(shareOf(busy, scale))} stroke="var(--ink)" strokeWidth={2} />
          )}
        </svg>
        <div className="pointer-events-none absolute inset-x-0 top-[34%] flex flex-col items-center">
          <span
            aria-hidden="true"
            className="figures text-(length:--gauge-figure) font-semibold leading-tight tracking-tight"
          >
            {figure ?? format(value)}
          </span>
          <span aria-hidden="true" className="text-(length:--gauge-unit) text-faint">
            {unit}
          </span>
        </div>
        <span
          aria-hidden="true"
          className="figures absolute bottom-0 right-[14%] text-(length:--gauge-unit) text-faint"
        >
          {format(scale)}
        </span>
      </div>
      <span className="text-(length:--gauge-label) font-medium">{label}</span>
      <div className="text-(length:--gauge-unit) text-muted">{children}</div>
    </div>
  );
}

const stroke = { strokeWidth, strokeLinecap: "butt" } as const;

const arc = `M${pointAt(0, radius)}A${radius} ${radius} 0 1 1 ${pointAt(1, radius)}`;

/** A short line across the arc. */
function tickAt(share: number): string {
  const outside = radius + strokeWidth / 2 + 3;
  const inside = radius - strokeWidth / 2 - 1;
  return `M${pointAt(share, inside)}L${pointAt(share, outside)}`;
}

function pointAt(share: number, distance: number): string {
  const angle = ((start + share * sweep) * Math.PI) / 180;
  const round = (value: number): string => value.toFixed(2);
  return `${round(centre + distance * Math.cos(angle))} ${round(centre + 4 + distance * Math.sin(angle))}`;
}
