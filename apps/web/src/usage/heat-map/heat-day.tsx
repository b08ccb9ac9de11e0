import type { HeatLevel } from "@headcount/domain/usage/chart/heat-levels";
import { classNames } from "../../ui/class-names.ts";
import { heatColour } from "./heat-colour.ts";

type HeatDayProps = {
  readonly place: string;
  /** The day and its figure. */
  readonly name: string;
  readonly level: HeatLevel;
  readonly isToday: boolean;
  readonly isSelected: boolean;
  /** Whether Tab leads here. */
  readonly isReachable: boolean;
  readonly onRead: () => void;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
};

/** One day of the heat map. */
export function HeatDay(props: HeatDayProps) {
  const { place, name, level, isToday, isSelected, isReachable, onRead, onFocus, onOpen } = props;
  return (
    <td aria-selected={isSelected} className="p-0">
      <button
        type="button"
        data-place={place}
        aria-label={name}
        tabIndex={isReachable ? 0 : -1}
        onPointerEnter={onRead}
        onFocus={onFocus}
        onClick={onOpen}
        style={{ background: heatColour(level) }}
        className={classNames(
          "block size-5 rounded-[3px] border",
          level === 0 ? "border-line" : "border-transparent",
          isToday && "border-dashed border-muted!",
          isSelected && "outline-2 outline-accent",
        )}
      />
    </td>
  );
}
