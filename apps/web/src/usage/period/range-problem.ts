export type RangeProblem = "missing" | "backwards" | "too_long";

const dayMs = 86_400_000;
/** The books answer for no more at once. */
const mostDays = 3_660;

/** What keeps two days, both included, from being a period. */
export function rangeProblem(from: string, to: string): RangeProblem | null {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1;
  if (Number.isNaN(days)) return "missing";
  if (days < 1) return "backwards";
  return days > mostDays ? "too_long" : null;
}
