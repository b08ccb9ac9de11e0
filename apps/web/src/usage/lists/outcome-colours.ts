import type { SpendOutcome } from "@headcount/contract/usage/outcome-schemas";

/** The colours of the states that the words stand for; usage outside of issues is the grey of "other". */
export const outcomeColours: Readonly<Record<SpendOutcome, string>> = {
  done: "var(--done)",
  rework: "var(--waiting)",
  abandoned: "var(--failed)",
  open: "var(--running)",
  outside: "var(--series-other)",
};
