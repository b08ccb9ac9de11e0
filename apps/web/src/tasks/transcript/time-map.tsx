import type { Step, StepKind } from "./build-steps.ts";

type TimeMapProps = { readonly steps: readonly Step[]; readonly onPick: (index: number) => void };

const colours: Readonly<Record<StepKind, string>> = {
  text: "var(--accent)",
  thinking: "var(--strong-line)",
  tool: "var(--running)",
  status: "var(--ghost)",
  error: "var(--failed)",
};

const mostMarks = 160;

/** The run at a glance, top to bottom, coloured by kind of step; a click goes there. */
export function TimeMap({ steps, onPick }: TimeMapProps) {
  const perMark = Math.max(1, Math.ceil(steps.length / mostMarks));
  const marks = Array.from({ length: Math.ceil(steps.length / perMark) }, (_, index) =>
    steps.slice(index * perMark, (index + 1) * perMark),
  );
  return (
    // The list itself is the accessible way through the steps; this is a shortcut for the pointer.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- see above
    <div
      aria-hidden="true"
      className="flex w-3.5 shrink-0 cursor-pointer flex-col gap-px border-s border-line px-1 py-1 max-tablet:hidden"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const share = (event.clientY - box.top) / box.height;
        onPick(Math.min(steps.length - 1, Math.floor(share * steps.length)));
      }}
    >
      {marks.map((group, index) => (
        <span
          key={index}
          className="min-h-px max-h-3 grow rounded-[1px] opacity-70"
          style={{ background: colourOf(group) }}
        />
      ))}
    </div>
  );
}

function colourOf(group: readonly Step[]): string {
  if (group.some((step) => step.isError)) return colours.error;
  const telling = group.find((step) => step.kind === "text") ?? group[0];
  return telling === undefined ? colours.status : colours[telling.kind];
}
