import { ApiError } from "@headcount/client/api-error";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";

/** Why a budget was refused, in the reader's words where they are known. */
export function BudgetRefusal({ error }: { readonly error: unknown }) {
  const text = useText();
  const refused: Readonly<Record<string, string>> = text.budgets.refused;
  const known = error instanceof ApiError ? refused[error.reason] : undefined;
  if (known === undefined) return <FailureNote error={error} />;
  return (
    <p role="alert" className="text-13 text-failed-ink">
      {known}
    </p>
  );
}
