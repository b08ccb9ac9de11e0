import { classNames } from "./class-names.ts";

/** A grey bar in the place of a text or figure. Sketch the real layout with several; they appear after 200 ms. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classNames("appears-late block h-3 rounded-tag bg-hover", className)}
    />
  );
}
