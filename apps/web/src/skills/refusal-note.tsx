import { ApiError } from "@headcount/client/api-error";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";

/** Why a skill was refused: in the reader's words, and below what exactly the server found. */
export function RefusalNote({ error }: { readonly error: unknown }) {
  const text = useText();
  const refused: Readonly<Record<string, string>> = text.skills.refused;
  const known = error instanceof ApiError ? refused[error.reason] : undefined;
  if (!(error instanceof ApiError) || known === undefined) return <FailureNote error={error} />;
  return (
    <p role="alert" className="text-13 text-failed-ink">
      {known}
      <span lang="en" className="mt-0.5 block text-12 text-muted">
        {error.message}
      </span>
    </p>
  );
}
