import { useText } from "../../i18n/use-text.ts";
import { heatColour } from "./heat-colour.ts";

const levels = [0, 1, 2, 3, 4] as const;

/** Pale is little, dark is much. */
export function HeatLegend() {
  const text = useText();
  return (
    <p className="ms-auto flex items-center gap-1 text-faint">
      {text.usage.dashboard.heatLess}
      {levels.map((level) => (
        <span
          key={level}
          aria-hidden="true"
          className="size-3 rounded-[2px] border border-line"
          style={{ background: heatColour(level) }}
        />
      ))}
      {text.usage.dashboard.heatMore}
    </p>
  );
}
