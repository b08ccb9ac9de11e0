import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import { create } from "zustand";

/** Whether the agent starts, and what it is told for this run. */
export type StartChoice = { readonly start: boolean; readonly note: string };

type Asked = {
  readonly issue: IssueSummary;
  readonly status: IssueStatus;
  readonly answer: (choice: StartChoice | null) => void;
};

export const startDialogStore = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

/** Opens the start dialog; null when the person backs out of the move. */
export function askToStart(issue: IssueSummary, status: IssueStatus): Promise<StartChoice | null> {
  return new Promise((resolve) => {
    startDialogStore.setState({
      asked: {
        issue,
        status,
        answer: (choice) => {
          startDialogStore.setState({ asked: null });
          resolve(choice);
        },
      },
    });
  });
}
