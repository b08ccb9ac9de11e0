import type { FormEvent, ReactNode } from "react";

type ConfigFrameProps = {
  readonly onSend?: () => void;
  readonly notice?: string | null;
  readonly children: ReactNode;
};

/** The measure and rhythm of a configuration tab; a form when it can be sent. */
export function ConfigFrame({ onSend, notice = null, children }: ConfigFrameProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSend?.();
  };
  return (
    <form
      noValidate
      className="flex min-h-full w-full max-w-(--measure) flex-col gap-5 px-4 pt-5"
      onSubmit={send}
    >
      {notice !== null && (
        <p className="rounded-card bg-sunken px-3 py-2 text-12 text-muted">{notice}</p>
      )}
      {children}
    </form>
  );
}
