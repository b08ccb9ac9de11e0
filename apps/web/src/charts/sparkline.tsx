type SparklineProps = {
  /** What is drawn, over which time, e.g. "Tokens, last 7 days". */
  readonly label: string;
  readonly values: readonly number[];
  readonly width?: number;
  readonly height?: number;
  /** The last bucket is not over yet. */
  readonly lastIsPartial?: boolean;
};

/** A small row of bars without axes, for tables. Zero is a hairline, so that silence is visible. */
export function Sparkline({
  label,
  values,
  width = 72,
  height = 18,
  lastIsPartial = false,
}: SparklineProps) {
  const largest = Math.max(...values, 0);
  const step = width / Math.max(values.length, 1);
  const barWidth = Math.max(1.5, step - 2);
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="block">
      {values.map((value, index) => {
        const barHeight = largest === 0 ? 0 : (value / largest) * (height - 2);
        const shown = Math.max(value > 0 ? 2 : 1, barHeight);
        const partial = lastIsPartial && index === values.length - 1;
        return (
          <rect
            key={index}
            x={index * step + (step - barWidth) / 2}
            y={height - shown}
            width={barWidth}
            height={shown}
            rx={value > 0 ? 1 : 0}
            fill={value > 0 ? "var(--muted)" : "var(--strong-line)"}
            opacity={partial ? 0.5 : 1}
          />
        );
      })}
    </svg>
  );
}
