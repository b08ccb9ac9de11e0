import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { catchFocus, rememberFocus } from "../ui/focus-memory.ts";

/** Keeps the focus in the page: a link that is followed takes its place with it. */
export function useKeptFocus(): void {
  const router = useRouter();
  useEffect(() => rememberFocus(), []);
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
        if (fromLocation !== undefined && pathChanged) catchFocus();
      }),
    [router],
  );
}
