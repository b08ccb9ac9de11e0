import { useCallback, useState } from "react";
import { useChanges } from "../realtime/use-workspace-feed.ts";
import { serverNowMs } from "../ui/clock.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { Revisions } from "./revisions.ts";

/** What is revised of the workspace's past from now on; another page that opens begins anew. */
export function useRevisions(): Revisions {
  const workspace = useWorkspace();
  const [revisions] = useState(() => new Revisions());
  useChanges(
    workspace.id,
    useCallback((items) => revisions.note(items, serverNowMs()), [revisions]),
  );
  return revisions;
}
