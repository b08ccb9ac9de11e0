import type { User } from "@headcount/contract/users/schemas";
import { account } from "@headcount/contract/users/routes";
import { bootstrapQuery } from "../data/load-bootstrap.ts";
import { queryClient } from "../data/query-client.ts";
import { sendCommand } from "../data/use-command.ts";
import type { OnboardingStep } from "./onboarding-steps.ts";

type Ending = "done" | "skipped";

/**
 * Notes how steps ended, on the server, so that they can be resumed anywhere. A note that cannot be
 * saved is kept in this tab only: it never stands in the way of going on.
 */
export async function noteSteps(steps: readonly OnboardingStep[], ending: Ending): Promise<void> {
  const notes = Object.fromEntries(steps.map((step) => [step, ending]));
  queryClient.setQueryData(bootstrapQuery.queryKey, (before) =>
    before === undefined ? undefined : { ...before, user: withNotes(before.user, notes) },
  );
  try {
    await sendCommand(account.update, { onboarding: notes });
  } catch {
    // The step itself has happened; losing the note only shows it once more.
  }
}

function withNotes(user: User, notes: User["onboarding"]): User {
  return { ...user, onboarding: { ...user.onboarding, ...notes } };
}
