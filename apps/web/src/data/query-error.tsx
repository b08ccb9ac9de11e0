import { ApiError } from "@headcount/client/api-error";
import { useQueryClient } from "@tanstack/react-query";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { connectionStore } from "../realtime/connection-store.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { askAgain } from "./ask-again.ts";
import { describeError, requestIdOf } from "./describe-error.ts";

type QueryErrorProps = { readonly error: unknown; readonly onRetry?: () => void };

/** A read that failed: not found, no access, or an error with its request id. */
export function QueryError({ error, onRetry }: QueryErrorProps) {
  const text = useText();
  const client = useQueryClient();
  const offline = connectionStore(({ state }) => state === "offline");
  // The page already says so once, and what is missing is asked for again with the connection.
  if (offline && error instanceof ApiError && error.code === "unavailable") {
    return (
      <p role="status" className="grid min-h-10 place-items-center py-1 text-12 text-muted">
        {text.common.waitsForServer}
      </p>
    );
  }
  if (error instanceof ApiError && error.code === "not_found") {
    return (
      <EmptyState
        title={text.common.notFoundTitle}
        hint={text.common.notFoundHint}
        action={
          <Button asChild>
            <a href="/">{text.common.goHome}</a>
          </Button>
        }
      />
    );
  }
  if (error instanceof ApiError && error.code === "forbidden") {
    return <EmptyState title={text.common.noAccessTitle} hint={text.common.noAccessHint} />;
  }
  // What failed together comes back together.
  const retry = () => {
    onRetry?.();
    askAgain(client);
  };
  return (
    <ErrorState
      hint={describeError(error, text)}
      requestId={requestIdOf(error)}
      {...(onRetry === undefined ? {} : { onRetry: retry })}
    />
  );
}
