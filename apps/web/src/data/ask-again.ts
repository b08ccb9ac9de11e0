import type { QueryClient } from "@tanstack/react-query";

/** Reads again what is on screen and could not be read. */
export function askAgain(client: QueryClient): void {
  void client.refetchQueries({
    type: "active",
    predicate: ({ state }) => state.status === "error",
  });
}
