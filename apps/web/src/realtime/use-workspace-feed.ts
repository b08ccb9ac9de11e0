import type { StreamListener } from "@headcount/client/feed-stream";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { askAgain } from "../data/ask-again.ts";
import { patientImport } from "../data/patient-import.ts";
import { applyChanges, renewWorkspace } from "./apply-changes.ts";
import { connectionStore, noteChangeApplied, setConnectionState } from "./connection-store.ts";
import { throttled } from "./throttled.ts";

type ChangeListener = (items: readonly ChangeItem[] | "snapshot") => void;

/** Busy agents cause many changes a second; what is on screen loads again at most this often. */
const applyEveryMs = 500;

const cursors = new Map<string, string>();
const listeners = new Map<string, Set<ChangeListener>>();

/**
 * Follows a workspace while it is open. `bootstrapCursor` was read before any data of it, so
 * nothing falls between; a workspace that is opened again goes on from where it was left.
 */
export function useWorkspaceFeed(workspaceId: string, bootstrapCursor: number): void {
  const client = useQueryClient();
  useSecondTry();
  useEffect(() => {
    const due: ChangeItem[] = [];
    const apply = throttled(() => {
      applyChanges(client, workspaceId, due.splice(0));
      noteChangeApplied(new Date());
    }, applyEveryMs);
    const after = cursors.get(workspaceId) ?? String(bootstrapCursor);
    const listener: StreamListener = {
      onChanges: (items, cursor) => {
        cursors.set(workspaceId, cursor);
        due.push(...items);
        apply.ask();
        listeners.get(workspaceId)?.forEach((listener) => listener(items));
      },
      onSnapshotRequired: (_reason, cursor) => {
        cursors.set(workspaceId, cursor);
        renewWorkspace(client, workspaceId);
        listeners.get(workspaceId)?.forEach((listener) => listener("snapshot"));
      },
      onEnded: () => renewWorkspace(client, workspaceId),
    };
    let stop: (() => void) | null = null;
    let left = false;
    // The page is drawn from what it read; what happens after that may arrive a moment later.
    patientImport(() => import("./feed.ts")).then(
      ({ feed }) => {
        if (left) return;
        stop = feed.subscribe(`workspace:${workspaceId}`, after, listener);
        feed.start();
      },
      () => setConnectionState("offline", 0),
    );
    return () => {
      left = true;
      stop?.();
      apply.stop();
      // What was received counts as read from the cursor on, so it must not be dropped.
      if (due.length > 0) applyChanges(client, workspaceId, due);
    };
  }, [client, workspaceId, bootstrapCursor]);
}

/** What could not be read while the line was down is read again when the server answers, polled or live. */
function useSecondTry(): void {
  const client = useQueryClient();
  useEffect(() => {
    const again = () => askAgain(client);
    const stop = connectionStore.subscribe((now, before) => {
      if (now.state === before.state) return;
      if (now.state === "live" || now.state === "degraded") again();
    });
    addEventListener("online", again);
    return () => {
      stop();
      removeEventListener("online", again);
    };
  }, [client]);
}

/** Calls back with each batch of a workspace's changes, or "snapshot" after a gap. Memoise the listener. */
export function useChanges(workspaceId: string, listener: ChangeListener): void {
  useEffect(() => {
    const group = listeners.get(workspaceId) ?? new Set();
    listeners.set(workspaceId, group);
    group.add(listener);
    return () => {
      group.delete(listener);
    };
  }, [workspaceId, listener]);
}
