import { ApiError } from "@headcount/client/api-error";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { QueryError } from "./query-error.tsx";

type NoDetailProps = {
  readonly result: Pick<UseQueryResult, "error" | "isError" | "isPending" | "refetch">;
  /** Title of the page while it has nothing to name. */
  readonly title: ReactNode;
  /** Stands where the thing is gone or was never there. */
  readonly missing: ReactNode;
};

/** The page of one thing as long as there is nothing to show: loading, gone, or why not. */
export function NoDetail({ result, title, missing }: NoDetailProps) {
  const isMissing = result.error instanceof ApiError && result.error.code === "not_found";
  return (
    <>
      <PageHeader title={title} />
      {isMissing && missing}
      {result.isError && !isMissing && (
        <QueryError error={result.error} onRetry={() => void result.refetch()} />
      )}
      {result.isPending && (
        <div aria-busy="true" className="flex flex-col gap-4 p-4">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-1/2" />
        </div>
      )}
    </>
  );
}
