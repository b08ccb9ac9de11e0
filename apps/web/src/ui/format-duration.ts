import type { Catalogue } from "../i18n/catalogue.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * Two neighbouring units at most: 0.4s, 12s, 3m 12s, 2h 5m, 3d 4h. `durationMs` below 0 counts as 0,
 * and so does less than a tenth of a second.
 */
export function formatDuration(durationMs: number, figures: Catalogue["figures"]): string {
  const ms = Math.max(0, durationMs);
  if (ms < second && ms >= 100)
    return figures.seconds({ value: (Math.floor(ms / 100) / 10).toFixed(1) });
  const days = Math.floor(ms / day);
  const hours = Math.floor((ms % day) / hour);
  const minutes = Math.floor((ms % hour) / minute);
  const seconds = Math.floor((ms % minute) / second);
  if (days > 0)
    return pair(figures.days({ value: days }), hours > 0 && figures.hours({ value: hours }));
  if (hours > 0) {
    return pair(
      figures.hours({ value: hours }),
      minutes > 0 && figures.minutes({ value: minutes }),
    );
  }
  const tail = figures.seconds({ value: String(seconds) });
  return minutes > 0 ? pair(figures.minutes({ value: minutes }), tail) : tail;
}

function pair(larger: string, smaller: string | false): string {
  return smaller === false ? larger : `${larger} ${smaller}`;
}
