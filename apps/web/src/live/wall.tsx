import { useEffect, type ReactNode } from "react";
import { createPortal } from "react-dom";

type WallProps = { readonly onLeave: () => void; readonly children: ReactNode };

/**
 * The page alone on the screen, dark and twice as large. The browser's own full screen is asked for
 * where it may be; Escape and leaving it lead back.
 */
export function Wall({ onLeave, children }: WallProps) {
  useEffect(() => {
    // Refused without a click, as when the address is opened; the page covers the window then.
    const asked = document.documentElement.requestFullscreen?.().catch(() => undefined);
    const leave = (): void => {
      if (document.fullscreenElement === null) onLeave();
    };
    const press = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && document.fullscreenElement === null) onLeave();
    };
    document.addEventListener("fullscreenchange", leave);
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("fullscreenchange", leave);
      document.removeEventListener("keydown", press);
      void asked?.then(() => {
        if (document.fullscreenElement !== null) void document.exitFullscreen();
      });
    };
    // Once for as long as it is there; the way to leave is the same all the time.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, []);
  return createPortal(
    <div data-theme="dark" className="wall fixed inset-0 z-40 flex flex-col bg-ground text-ink">
      {children}
    </div>,
    document.body,
  );
}
