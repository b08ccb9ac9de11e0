import { X } from "lucide-react";
import { QueryError } from "../../data/query-error.tsx";
import { useText } from "../../i18n/use-text.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";

type PendingTranscriptProps = {
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly onClose: () => void;
};

/** The panel before its run is known, or when it cannot be: it can always be closed. */
export function PendingTranscript({ error, onRetry, onClose }: PendingTranscriptProps) {
  const text = useText();
  return (
    <>
      <header className="flex h-(--header) shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
        {error === null && <Skeleton className="w-48" />}
        <IconButton label={text.common.close} className="ms-auto" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {error === null ? <StepSkeletons /> : <QueryError error={error} onRetry={onRetry} />}
    </>
  );
}

const skeletonRows = 8;

/** Steps that are on their way. */
export function StepSkeletons() {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-4">
      {Array.from({ length: skeletonRows }, (_, index) => (
        <Skeleton key={index} className={index % 3 === 0 ? "w-2/3" : "w-1/2"} />
      ))}
    </div>
  );
}
