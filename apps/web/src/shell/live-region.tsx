import { useEffect, useState } from "react";

let pending: string | null = null;
let notify: (() => void) | null = null;
const throttleMs = 5000;

/** Has a screen reader say a change of a run's state; at most one every five seconds, the latest wins. */
export function announce(sentence: string): void {
  pending = sentence;
  notify?.();
}

/** The one live region of the app; in the shell. */
export function LiveRegion() {
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = () => {
      timer = null;
      if (pending === null) return;
      setSentence(pending);
      pending = null;
      timer = setTimeout(flush, throttleMs);
    };
    notify = () => {
      if (timer === null) flush();
    };
    return () => {
      notify = null;
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {sentence}
    </div>
  );
}
