import { useBlocker } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";

type SaveBarProps = {
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  /** Replaces the error's own words. */
  readonly errorHint?: string | null;
  readonly onDiscard: () => void;
};

/** Save and discard for the form around it; while there are changes, leaving the page asks first. */
export function SaveBar({ dirty, busy, error, errorHint = null, onDiscard }: SaveBarProps) {
  const text = useText();
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <>
      {dirty && (
        <div className="motion-fade sticky bottom-0 -mx-4 mt-auto flex flex-wrap items-center gap-x-3 gap-y-2 border-t border-line bg-ground px-4 py-3">
          <div className="min-w-0 grow">
            {errorHint === null ? (
              <FailureNote error={error} />
            ) : (
              <p role="alert" className="text-13 text-failed-ink">
                {errorHint}
              </p>
            )}
            {error === null && <p className="text-13 text-muted">{text.agents.unsaved}</p>}
          </div>
          <Button onClick={onDiscard}>{text.agents.discard}</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {text.common.save}
          </Button>
        </div>
      )}
      {blocker.status === "blocked" && (
        <Dialog
          open
          onOpenChange={() => blocker.reset()}
          title={text.agents.unsavedTitle}
          width="narrow"
          footer={
            <>
              <Button variant="danger" onClick={() => blocker.proceed()}>
                {text.agents.unsavedLeave}
              </Button>
              <Button variant="primary" onClick={() => blocker.reset()}>
                {text.agents.unsavedStay}
              </Button>
            </>
          }
        >
          <p className="text-muted">{text.agents.unsavedHint}</p>
        </Dialog>
      )}
    </>
  );
}
