import { useText } from "../i18n/use-text.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { StateGlyph } from "./state-glyph.tsx";

type ErrorStateProps = {
  /** What happened. */
  readonly title?: string;
  /** What to do. */
  readonly hint: string;
  readonly requestId?: string | null | undefined;
  readonly onRetry?: () => void;
};

/** A page or panel that failed: what happened, what to do, and the id to quote. */
export function ErrorState({ title, hint, requestId, onRetry }: ErrorStateProps) {
  const text = useText();
  return (
    <div role="alert" className="grid h-full min-h-48 place-items-center px-6 py-10">
      <div className="flex w-full max-w-90 flex-col items-start gap-3">
        <div className="flex gap-2">
          <StateGlyph state="failed" className="mt-0.5 shrink-0" />
          <div>
            <h2 className="text-14 font-semibold">{title ?? text.common.errorTitle}</h2>
            <p className="mt-1 text-13 text-muted">{hint}</p>
          </div>
        </div>
        {onRetry !== undefined && <Button onClick={onRetry}>{text.common.retry}</Button>}
        {requestId && (
          <p className="flex items-center gap-1 text-12 text-faint">
            {text.common.requestId} <code className="font-mono">{requestId}</code>
            <CopyButton value={requestId} />
          </p>
        )}
      </div>
    </div>
  );
}
