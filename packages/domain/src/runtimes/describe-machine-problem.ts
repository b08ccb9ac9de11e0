/** What keeps a whole machine from taking work, in one English sentence, and what to do about it. */
export type MachineProblemText = { readonly detail: string; readonly repairHint: string };

const texts: Readonly<Record<string, MachineProblemText>> = {
  disk_full: {
    detail: "The disk of the machine is full, so it takes no new work.",
    repairHint:
      "Free space on the machine; it goes on by itself. `headcount daemon disk-usage` shows what agents have left there.",
  },
  disk_error: {
    detail: "The machine cannot write to its disk, so it takes no new work.",
    repairHint:
      "Check the disk and the permissions of the daemon's folders with `headcount doctor`.",
  },
};

/** Null without a problem, and for one that this version does not know. */
export function describeMachineProblem(problem: string | null): MachineProblemText | null {
  return problem === null ? null : (texts[problem] ?? null);
}
