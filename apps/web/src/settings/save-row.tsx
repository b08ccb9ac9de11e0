import { Check } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";

type SaveRowProps = {
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly saved: boolean;
  readonly error: unknown;
};

/** The end of a settings form: save, and what came of it. */
export function SaveRow({ dirty, busy, saved, error }: SaveRowProps) {
  const text = useText();
  return (
    <div className="flex flex-col gap-2">
      <FailureNote error={error} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" disabled={!dirty} busy={busy}>
          {text.common.save}
        </Button>
        <span role="status" className="text-12 text-muted">
          {saved && !dirty && (
            <span className="flex items-center gap-1">
              <Check size={14} className="text-done-ink" />
              {text.settings.saved}
            </span>
          )}
        </span>
      </div>
    </div>
  );
}
