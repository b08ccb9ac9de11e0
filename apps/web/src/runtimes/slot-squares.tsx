import { useText } from "../i18n/use-text.ts";

const mostSquares = 24;

type SlotSquaresProps = { readonly total: number; readonly free: number };

/** A machine's slots: filled ones are in use. */
export function SlotSquares({ total, free }: SlotSquaresProps) {
  const text = useText();
  const used = Math.max(0, total - free);
  return (
    <span className="flex items-center gap-2">
      {total <= mostSquares && (
        <span aria-hidden="true" className="flex gap-0.5">
          {Array.from({ length: total }, (_, index) => (
            <span
              key={index}
              className={
                index < used
                  ? "size-2 rounded-[2px] bg-running"
                  : "size-2 rounded-[2px] border border-ghost"
              }
            />
          ))}
        </span>
      )}
      <span className="figures">{text.runtimes.slots({ used, total })}</span>
    </span>
  );
}
