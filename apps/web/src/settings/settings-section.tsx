import { useLocation } from "@tanstack/react-router";
import { useEffect, useId, useRef, type ReactNode } from "react";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useText } from "../i18n/use-text.ts";

type SettingsSectionProps = {
  /** Names the section in addresses and, in the catalogue, its title and its hint. */
  readonly id: keyof Catalogue["settings"]["sections"];
  readonly children: ReactNode;
};

/** A topic of settings: its name and sense at the left, its controls at the right; above one another on phones. */
export function SettingsSection({ id, children }: SettingsSectionProps) {
  const text = useText();
  const titleId = useId();
  const section = useRef<HTMLElement>(null);
  const isNamed = useLocation({ select: ({ hash }) => hash === id });
  useEffect(() => {
    if (isNamed && section.current !== null) return keepInView(section.current);
    return undefined;
  }, [isNamed]);
  return (
    <section
      ref={section}
      id={id}
      aria-labelledby={titleId}
      className="grid gap-x-10 gap-y-4 border-b border-line py-7 last:border-b-0 desk:grid-cols-[216px_minmax(0,1fr)]"
    >
      <div>
        <h2 id={titleId} className="text-14 font-semibold">
          {text.settings.sections[id]}
        </h2>
        <p className="mt-1 text-13 text-muted">{text.settings[`${id}Hint`]}</p>
      </div>
      <div className="min-w-0 max-w-140">{children}</div>
    </section>
  );
}

/** Scrolls to a section, and again as its page fills, until somebody takes over; returns how to stop. */
function keepInView(section: HTMLElement): () => void {
  const filling = new ResizeObserver(() => section.scrollIntoView());
  const stop = () => filling.disconnect();
  // It reports once as it starts.
  if (section.parentElement !== null) filling.observe(section.parentElement);
  for (const act of ["wheel", "pointerdown", "keydown"]) {
    addEventListener(act, stop, { once: true, capture: true });
  }
  return stop;
}

/** The scrolling body that holds the sections. */
export function SettingsBody({ children }: { readonly children: ReactNode }) {
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="max-w-220 px-4">{children}</div>
    </div>
  );
}
