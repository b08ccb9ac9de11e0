import { useEffect, type ComponentType } from "react";
import { describeError } from "../data/describe-error.ts";
import { useText } from "../i18n/use-text.ts";
import { onDemand, type MissingProps, type OnDemand } from "./on-demand.tsx";
import { showToast } from "./toast.tsx";

/** What opens over a page, such as a dialog: where its code cannot be had, the page stays as it is. */
export function lazyOverlay<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): OnDemand<Props> {
  return onDemand(load, MissingOverlay);
}

function MissingOverlay({ error, onRetry }: MissingProps) {
  const text = useText();
  useEffect(() => {
    showToast({
      tone: "failed",
      message: describeError(error, text),
      action: { label: text.common.retry, run: onRetry },
    });
  }, [error, text, onRetry]);
  return null;
}
