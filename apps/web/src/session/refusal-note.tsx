import { ApiError } from "@headcount/client/api-error";
import { FailureNote } from "./failure-note.tsx";

type RefusalNoteProps = {
  readonly error: unknown;
  /** What is refused, in the reader's words, by the error's reason. */
  readonly known: Readonly<Record<string, string>>;
};

/** Why a write was refused: in the reader's words, and below what exactly was found. */
export function RefusalNote({ error, known }: RefusalNoteProps) {
  const text = error instanceof ApiError ? known[error.reason] : undefined;
  if (!(error instanceof ApiError) || text === undefined) return <FailureNote error={error} />;
  return (
    <p role="alert" className="text-13 text-failed-ink">
      {text}
      <span lang="en" className="mt-0.5 block text-12 text-muted">
        {error.message}
      </span>
    </p>
  );
}
