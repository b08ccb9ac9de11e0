import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { partialKey } from "../data/query-key.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Asks again when a day begins: "the last 7 days" are others then, although nothing was used. */
export function useNewDay(fromMs: number): void {
  const client = useQueryClient();
  const { id } = useWorkspace();
  const shown = useRef(fromMs);
  useEffect(() => {
    if (shown.current === fromMs) return;
    shown.current = fromMs;
    void client.invalidateQueries({ queryKey: partialKey("usage.query", id) });
  }, [client, id, fromMs]);
}
