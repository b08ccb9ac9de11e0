import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";
import { fieldLook } from "./input.tsx";

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={classNames(
        fieldLook,
        "field-sizing-content min-h-20 resize-y px-2.5 py-1.5 leading-normal",
        className,
      )}
      {...rest}
    />
  );
}
