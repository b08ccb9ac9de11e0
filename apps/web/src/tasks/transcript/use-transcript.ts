import { tasks } from "@headcount/contract/tasks/routes";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { api } from "../../data/api.ts";
import { emptyStepLog, extendSteps, type StepLog } from "./build-steps.ts";
import { connectionStore } from "../../realtime/connection-store.ts";
import { feed } from "../../realtime/feed.ts";

export type TranscriptState = {
  readonly rows: readonly TranscriptRow[];
  /** The rows folded into steps. */
  readonly log: StepLog;
  /** The rows up to now have arrived; later ones stream in. */
  readonly loaded: boolean;
  readonly error: unknown;
  /** Goes on from the last row that has arrived. */
  readonly retry: () => void;
};

type Rows = Omit<TranscriptState, "retry">;
type Action =
  | { readonly type: "rows"; readonly rows: readonly TranscriptRow[] }
  | { readonly type: "loaded" }
  | { readonly type: "failed"; readonly error: unknown }
  | { readonly type: "again" };

const pageRows = 2000;
const start: Rows = { rows: [], log: emptyStepLog, loaded: false, error: null };

/**
 * A task's rows: first those that are stored, page by page, then those that stream in from exactly
 * that place. Rows never change, so each is kept once.
 */
export function useTranscript(workspaceId: string, taskId: string): TranscriptState {
  const [state, dispatch] = useReducer(reduce, start);
  const [attempt, setAttempt] = useState(0);
  const reached = useRef<string | undefined>(undefined);
  const retry = useCallback(() => {
    dispatch({ type: "again" });
    setAttempt((before) => before + 1);
  }, []);
  const failed = state.error !== null;
  useEffect(() => {
    if (!failed) return;
    return connectionStore.subscribe((now, before) => {
      if (now.state === "live" && before.state !== "live") retry();
    });
  }, [failed, retry]);
  useEffect(() => {
    const abort = new AbortController();
    let stop: (() => void) | null = null;
    const load = async () => {
      let after = reached.current;
      for (let more = true; more;) {
        const input = { workspace: workspaceId, taskId, limit: pageRows, ...(after && { after }) };
        // The address carries ids as plain text; the route brands what it has checked.
        const page = await api.call(tasks.transcript, input as never, { signal: abort.signal });
        dispatch({ type: "rows", rows: page.items });
        after = page.nextAfter ?? after;
        reached.current = after;
        more = page.hasMore;
      }
      dispatch({ type: "loaded" });
      stop = feed.subscribe(`task:${workspaceId}:${taskId}`, after ?? "", {
        onRows: (rows) => dispatch({ type: "rows", rows }),
      });
      if (abort.signal.aborted) stop();
    };
    load().catch((error: unknown) => {
      if (!abort.signal.aborted) dispatch({ type: "failed", error });
    });
    return () => {
      abort.abort();
      stop?.();
    };
  }, [workspaceId, taskId, attempt]);
  return { ...state, retry };
}

function reduce(state: Rows, action: Action): Rows {
  if (action.type === "loaded") return { ...state, loaded: true };
  if (action.type === "again") return { ...state, error: null };
  if (action.type === "failed") return { ...state, error: action.error };
  return action.rows.length === 0 ? state : withRows(state, action.rows);
}

function withRows(state: Rows, fresh: readonly TranscriptRow[]): Rows {
  const rows = mergeRows(state.rows, fresh);
  const appended = rows[state.rows.length] === fresh[0] && rows.at(-1) === fresh.at(-1);
  const log = appended ? extendSteps(state.log, fresh) : extendSteps(emptyStepLog, rows);
  return { ...state, rows, log };
}

/** Appends rows that are not there yet; keeps the order of lease and number. */
export function mergeRows(
  known: readonly TranscriptRow[],
  fresh: readonly TranscriptRow[],
): readonly TranscriptRow[] {
  const last = known.at(-1);
  const first = fresh[0];
  if (last === undefined || first === undefined || compareRows(last, first) < 0) {
    return [...known, ...fresh];
  }
  const byPlace = new Map([...known, ...fresh].map((row) => [`${row.lease}.${row.seq}`, row]));
  return [...byPlace.values()].toSorted(compareRows);
}

function compareRows(left: TranscriptRow, right: TranscriptRow): number {
  return left.lease - right.lease || left.seq - right.seq;
}
