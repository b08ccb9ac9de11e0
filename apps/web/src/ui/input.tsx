import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

export const fieldLook =
  "field-text w-full min-w-0 rounded-control border border-strong-line bg-raised text-ink transition-colors duration-120 hover:border-ghost focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-failed disabled:cursor-not-allowed disabled:bg-sunken disabled:text-faint";

/** One line of text. Wrap it in a Field for its label. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(fieldLook, "h-(--control) px-2", className)} {...rest} />;
}
