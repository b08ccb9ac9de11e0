import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

type ConflictDialogProps = {
  readonly mine: string;
  readonly theirs: string;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
};

/** Both versions of a text side by side, and the two ways out. */
export function ConflictDialog({
  mine,
  theirs,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: ConflictDialogProps) {
  const text = useText();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="wide"
      title={text.issues.conflictTitle}
      description={text.issues.conflictHint}
      footer={
        <>
          <Button onClick={onTakeTheirs}>{text.issues.takeTheirs}</Button>
          <Button variant="primary" onClick={onKeepMine}>
            {text.issues.keepMine}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 tablet:grid-cols-2">
        <Version title={text.issues.conflictYours} content={mine} />
        <Version title={text.issues.conflictTheirs} content={theirs} />
      </div>
    </Dialog>
  );
}

function Version({ title, content }: { readonly title: string; readonly content: string }) {
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h3 className="text-12 font-medium text-muted">{title}</h3>
      <pre className="max-h-80 min-h-24 overflow-auto whitespace-pre-wrap break-words rounded-card border border-line bg-sunken p-2.5 font-sans text-13">
        {content}
      </pre>
    </section>
  );
}
