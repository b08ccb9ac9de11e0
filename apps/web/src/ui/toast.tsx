import { X } from "lucide-react";
import { useEffect } from "react";
import { create } from "zustand";
import { useText } from "../i18n/use-text.ts";
import { Button } from "./button.tsx";
import { IconButton } from "./icon-button.tsx";
import { StateGlyph } from "./state-glyph.tsx";

type Toast = {
  readonly id: number;
  readonly tone: "plain" | "failed";
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};

const shownMs = 6000;
const store = create<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }));
let lastId = 0;

/** Says something that is not visible anyway: a background failure, or an action that can be undone. */
export function showToast(toast: Omit<Toast, "id">): void {
  lastId += 1;
  const added = { ...toast, id: lastId };
  store.setState((state) => ({ toasts: [...state.toasts.slice(-2), added] }));
}

function dismiss(id: number): void {
  store.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
}

/** Where toasts appear; once, in the shell. */
export function Toasts() {
  const text = useText();
  const toasts = store((state) => state.toasts);
  return (
    <section
      aria-label={text.shell.notifications}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-3 z-60 flex flex-col items-end gap-2"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const text = useText();
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.id), shownMs);
    return () => clearTimeout(timer);
  }, [toast.id]);
  const act = () => {
    toast.action?.run();
    dismiss(toast.id);
  };
  return (
    <div className="motion-float pointer-events-auto flex w-full max-w-90 items-center gap-2 rounded-card bg-raised py-2 pe-2 ps-3 shadow-float">
      {toast.tone === "failed" && <StateGlyph state="failed" decorative className="shrink-0" />}
      <p className="grow text-13">{toast.message}</p>
      {toast.action !== undefined && (
        <Button variant="quiet" size="small" onClick={act}>
          {toast.action.label}
        </Button>
      )}
      <IconButton size="small" label={text.shell.dismiss} onClick={() => dismiss(toast.id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
