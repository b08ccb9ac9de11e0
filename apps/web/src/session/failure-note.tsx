import { describeError, requestIdOf } from "../data/describe-error.ts";
import { useText } from "../i18n/use-text.ts";

type FailureNoteProps = { readonly error: unknown };

/** A failed write beside its form: what happened, what to do, and the id to quote when it was the server's fault. */
export function FailureNote({ error }: FailureNoteProps) {
  const text = useText();
  if (error === null || error === undefined) return null;
  const requestId = requestIdOf(error);
  return (
    <p role="alert" className="text-13 text-failed-ink">
      {describeError(error, text)}
      {requestId !== null && (
        <span className="mt-0.5 block text-11 text-faint">
          {text.common.requestId} <code className="font-mono">{requestId}</code>
        </span>
      )}
    </p>
  );
}
