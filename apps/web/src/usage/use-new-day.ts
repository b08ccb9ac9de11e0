import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { renew } from "../realtime/renew.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Asks again when a day begins: "the last 7 days" are others then, although nothing was used. */
export function useNewDay(fromMs: number): void {
  const client = useQueryClient();
  const { id } = useWorkspace();
  const shown = useRef(fromMs);
  useEffect(() => {
    if (shown.current === fromMs) return;
    shown.current = fromMs;
    renew(client, ({ queryKey: [route, of] }) => of === id && String(route).startsWith("usage."));
  }, [client, id, fromMs]);
}
