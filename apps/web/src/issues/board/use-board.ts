import { issues } from "@headcount/contract/issues/routes";
import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import type { InputOf } from "@headcount/contract/kit/route";
import { useQuery, useQueryClient, type Query, type QueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { api } from "../../data/api.ts";
import { queryKey } from "../../data/query-key.ts";
import type { IssueFilters } from "../issue-search.ts";
import { appendPage, columnOf, mergeFirstPages, type BoardData } from "./board-data.ts";

const firstPage = 60;
const nextPage = 100;

export type BoardInput = InputOf<typeof issues.board>;

/** The request that a set of filters stands for; also the board's cache key. */
export function boardInput(workspaceId: string, filters: IssueFilters): BoardInput {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined);
  return { workspace: workspaceId, ...Object.fromEntries(given) };
}

/** A board in the cache, loaded from the top of each column. */
export function useBoard(input: BoardInput) {
  const client = useQueryClient();
  return useQuery({ ...boardQuery(client, input) });
}

/** The query behind a board, for loaders. */
export function boardQuery(client: QueryClient, input: BoardInput) {
  const key = queryKey(issues.board, input);
  return {
    queryKey: key,
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<BoardData> => {
      const fresh = await api.call(issues.board, { ...input, limit: firstPage }, { signal });
      return mergeFirstPages(client.getQueryData<BoardData>(key), fresh);
    },
    // Cards keep their identity by our own merge; a deep comparison of 5,000 would cost a frame.
    structuralSharing: false as const,
    refetchOnMount: ({ state }: Query<BoardData>) => (state.data?.missed ? "always" : true),
  };
}

/** Changes the cached board, if it is loaded. */
export function useBoardUpdate(
  input: BoardInput,
): (change: (board: BoardData) => BoardData) => void {
  const client = useQueryClient();
  const key = useMemo(() => queryKey(issues.board, input), [input]);
  return useCallback(
    (change) =>
      client.setQueryData<BoardData>(key, (board) => (board === undefined ? board : change(board))),
    [client, key],
  );
}

/** Loads the next page of a column; returns without effect while one is on its way. */
export function useLoadColumn(input: BoardInput): (status: IssueStatus) => Promise<void> {
  const client = useQueryClient();
  const update = useBoardUpdate(input);
  const loading = useRef(new Set<IssueStatus>());
  return useCallback(
    async (status) => {
      const board = client.getQueryData<BoardData>(queryKey(issues.board, input));
      const cursor = board === undefined ? null : (columnOf(board, status)?.nextCursor ?? null);
      if (cursor === null || loading.current.has(status)) return;
      loading.current.add(status);
      try {
        const after = [{ status, cursor }];
        const reply = await api.call(issues.board, { ...input, limit: nextPage, after });
        const page = reply.columns.find((column) => column.status === status);
        if (page !== undefined) update((now) => appendPage(now, page));
      } finally {
        loading.current.delete(status);
      }
    },
    [client, input, update],
  );
}

/** One issue as it is now, or null when it is gone or no longer visible. */
export async function fetchIssue(workspace: string, issueId: string): Promise<IssueSummary | null> {
  try {
    const issue = await api.call(issues.get, { workspace, issue: issueId });
    return issue.deletedAt === null ? issue : null;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "not_found";
}
