import { useId, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type FieldControl = {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean | undefined;
};

type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value; replaces the hint. */
  readonly error?: string | null | undefined;
  readonly hideLabel?: boolean;
  readonly className?: string;
  /** Receives the attributes that tie the control to its label, hint and error. */
  readonly children: (control: FieldControl) => ReactNode;
};

/** A labelled control with its hint or error below. */
export function Field({ label, hint, error, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-12 font-medium text-muted"}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? "alert" : undefined}
          className={classNames("text-12", error ? "text-failed-ink" : "text-faint")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
