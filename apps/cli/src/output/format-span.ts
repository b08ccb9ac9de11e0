/** A length of time for people: `0s`, `42s`, `3m 05s`, `2h 07m`, `5d 03h`. */
export function formatSpan(spanMs: number | string): string {
  const seconds = Math.round(Number(spanMs) / 1_000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${two(seconds % 60)}s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d ${two(hours % 24)}h`;
}

const two = (value: number): string => String(value).padStart(2, "0");
