import { useCallback, useEffect, useRef } from "react";
import { throttled, type Throttled } from "../realtime/throttled.ts";
import { useChanges } from "../realtime/use-workspace-feed.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/**
 * Loads again after any change of the workspace, at most once per `everyMs` and never before the
 * last answer is there: an answer that is cancelled for the next one would never be shown.
 */
export function useReloadOnChange(reload: () => Promise<unknown>, everyMs: number): void {
  const workspace = useWorkspace();
  const latest = useRef(reload);
  useEffect(() => {
    latest.current = reload;
  });
  const renewal = useRef<Throttled | null>(null);
  useEffect(() => {
    let loading = false;
    let missed = false;
    const load = async (): Promise<void> => {
      if (loading) {
        missed = true;
        return;
      }
      loading = true;
      await latest.current();
      loading = false;
      if (missed) next.ask();
      missed = false;
    };
    const next = throttled(() => void load(), everyMs);
    renewal.current = next;
    return next.stop;
  }, [everyMs]);
  useChanges(
    workspace.id,
    useCallback(() => renewal.current?.ask(), []),
  );
}
