import { formatTokens } from "../ui/format-tokens.ts";

type HourStripProps = {
  /** What is drawn, e.g. "By hour of the day". */
  readonly label: string;
  /** Tokens of each of the 24 hours, from midnight on. */
  readonly values: readonly number[];
};

const twoDigits = (hour: number): string => String(hour).padStart(2, "0");

/** The hours of a day side by side, the darker the more; each tells its figure. */
export function HourStrip({ label, values }: HourStripProps) {
  const largest = Math.max(...values, 0);
  return (
    <div className="flex flex-col gap-1">
      <ul aria-label={label} className="grid grid-cols-24 gap-px">
        {values.map((value, hour) => {
          const share = largest === 0 ? 0 : value / largest;
          const name = `${twoDigits(hour)}:00 · ${formatTokens(value)}`;
          return (
            <li
              key={hour}
              title={name}
              className="h-7 rounded-[2px] bg-line"
              style={
                share > 0
                  ? { background: "var(--series-3)", opacity: 0.2 + 0.8 * share }
                  : undefined
              }
            >
              <span className="sr-only">{name}</span>
            </li>
          );
        })}
      </ul>
      <div aria-hidden="true" className="figures flex justify-between text-12 text-faint">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{twoDigits(hour)}</span>
        ))}
      </div>
    </div>
  );
}
