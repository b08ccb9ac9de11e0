import { issues } from "@headcount/contract/issues/routes";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { hashKey, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { api } from "../../data/api.ts";
import { queryKey } from "../../data/query-key.ts";
import { renew } from "../../realtime/renew.ts";
import { throttled, type Throttled } from "../../realtime/throttled.ts";
import { useChanges } from "../../realtime/use-workspace-feed.ts";
import { hasFilters, type IssueFilters } from "../issue-search.ts";
import { applyTotals, removeIssue, upsertIssue } from "./board-data.ts";
import { changedIssues } from "./changed-issues.ts";
import { dragStore } from "./drag-store.ts";
import { fetchIssue, useBoardUpdate, type BoardInput } from "./use-board.ts";

/** Beyond this many at once, reloading the first pages is cheaper than single issues. */
const singleIssues = 12;
const totalsEveryMs = 1500;
/** With many busy agents, cards are renewed at most this often. */
const cardsEveryMs = 500;

/**
 * Keeps a board fresh issue by issue while it is on screen; one that is left misses what changes,
 * and is read anew when it is opened again. While a card is dragged or a move is settling nothing
 * moves under the pointer: what changes meanwhile is applied afterwards.
 */
export function useBoardFeed(workspaceId: string, filters: IssueFilters, input: BoardInput): void {
  const client = useQueryClient();
  const update = useBoardUpdate(input);
  const waiting = useRef(new Set<string>());
  const totalsWait = useRef(false);
  const totalsTimer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const key = useMemo(() => queryKey(issues.board, input), [input]);
  const reload = useCallback(
    () => renew(client, ({ queryHash }) => queryHash === hashKey(key)),
    [client, key],
  );

  const loadTotalsSoon = useCallback(() => {
    totalsTimer.current ??= setTimeout(() => {
      totalsTimer.current = null;
      void api.call(issues.board, { ...input, limit: 1 }).then((fresh) => {
        // A move that is settling has counted itself; the totals follow once it has.
        if (dragStore.getState().frozen) totalsWait.current = true;
        else update((board) => applyTotals(board, fresh));
      }, ignoreUntilNextChange);
    }, totalsEveryMs);
  }, [input, update]);

  const apply = useCallback(async () => {
    if (dragStore.getState().frozen || waiting.current.size === 0) return;
    const ids = [...waiting.current];
    waiting.current.clear();
    // An answer that is under way would put back what single issues have changed.
    const isLoading = client.isFetching({ queryKey: key, exact: true }) > 0;
    if (isLoading || ids.length > singleIssues || hasFilters(filters)) return reload();
    for (const id of ids) {
      const issue = await fetchIssue(workspaceId, id);
      update((board) => (issue === null ? removeIssue(board, id) : upsertIssue(board, issue)));
    }
  }, [client, key, workspaceId, filters, reload, update]);

  const renewal = useRef<Throttled | null>(null);
  useEffect(() => {
    const cards = throttled(() => void apply().catch(reload), cardsEveryMs);
    renewal.current = cards;
    return cards.stop;
  }, [apply, reload]);

  const missChanges = useCallback(() => update((board) => ({ ...board, missed: true })), [update]);
  useEffect(() => missChanges, [missChanges]);

  const onChanges = useCallback(
    (items: readonly ChangeItem[] | "snapshot") => {
      if (items === "snapshot") {
        missChanges();
        return reload();
      }
      const changed = changedIssues(items);
      for (const id of changed.ids) waiting.current.add(id);
      if (changed.totals) loadTotalsSoon();
      renewal.current?.ask();
    },
    [reload, missChanges, loadTotalsSoon],
  );
  useChanges(workspaceId, onChanges);

  useEffect(
    () =>
      dragStore.subscribe((now, before) => {
        if (!before.frozen || now.frozen) return;
        renewal.current?.ask();
        if (totalsWait.current) loadTotalsSoon();
        totalsWait.current = false;
      }),
    [loadTotalsSoon],
  );
  useEffect(
    () => () => {
      if (totalsTimer.current !== null) clearTimeout(totalsTimer.current);
    },
    [],
  );
}

/** Totals that could not be loaded stay as they were; the next change asks again. */
function ignoreUntilNextChange(): void {
  return undefined;
}
