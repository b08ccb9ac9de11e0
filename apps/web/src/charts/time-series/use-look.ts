import { type RefObject, useLayoutEffect, useState } from "react";
import { type Look, readLook, watchLook } from "./look.ts";

/** The theme at an element, renewed as it changes; null until the element is on screen. */
export function useLook(element: RefObject<HTMLElement | null>): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  useLayoutEffect(() => {
    const node = element.current;
    if (node === null) return;
    const read = () => setLook(readLook(node));
    read();
    const unwatch = watchLook(node, read);
    // Text on a canvas does not change by itself when its font arrives.
    document.fonts.addEventListener("loadingdone", read);
    return () => {
      unwatch();
      document.fonts.removeEventListener("loadingdone", read);
    };
  }, [element]);
  return look;
}
