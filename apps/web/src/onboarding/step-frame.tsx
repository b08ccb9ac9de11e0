import type { ReactNode } from "react";

type StepFrameProps = {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
};

/** The heading and rhythm of every step. */
export function StepFrame({ title, hint, children }: StepFrameProps) {
  return (
    <section className="flex flex-col gap-6">
      <div className="flex flex-col gap-1.5">
        <h1 className="text-20 font-semibold tracking-tight">{title}</h1>
        <p className="max-w-130 text-14 text-muted">{hint}</p>
      </div>
      {children}
    </section>
  );
}
