import type { AnnotationKind } from "./chart-types.ts";

type AnnotationGlyphProps = { readonly kind: AnnotationKind | "several" };

/** One shape for each kind of thing that happens, so that a lane is read without colour. */
export function AnnotationGlyph({ kind }: AnnotationGlyphProps) {
  return (
    <svg aria-hidden="true" width="10" height="10" viewBox="0 0 10 10" className={colours[kind]}>
      <path
        d={paths[kind]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}

const paths: Readonly<Record<AnnotationGlyphProps["kind"], string>> = {
  task_started: "M2.500 1.500l5.500 3.500-5.500 3.500z",
  task_ended: "M2 2h6v6H2z",
  price_changed:
    "M7.500 2.500C6.500 1 3 1.200 3 3.100c0 2.300 4.600 1.300 4.600 3.700C7.600 8.800 4 9 2.700 7.300M5.200.5v9",
  budget_changed: "M1.500 5h7M3 2.500h4M3 7.500h4",
  daemon_lost: "M2 2l6 6M8 2l-6 6",
  note: "M5 1.500v5M5 8.500v.1",
  several: "M2 5h.1M5 5h.1M8 5h.1",
};

const colours: Readonly<Record<AnnotationGlyphProps["kind"], string>> = {
  task_started: "text-running-ink",
  task_ended: "text-muted",
  price_changed: "text-waiting-ink",
  budget_changed: "text-waiting-ink",
  daemon_lost: "text-failed-ink",
  note: "text-muted",
  several: "text-muted",
};
