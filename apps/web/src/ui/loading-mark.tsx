import { useText } from "../i18n/use-text.ts";
import { TallyMark } from "./tally-mark.tsx";

/** For waits that have no layout to sketch, such as opening the app. Appears after 200 ms. */
export function LoadingMark() {
  const text = useText();
  return (
    <div role="status" className="appears-late grid h-full min-h-40 place-items-center text-muted">
      <TallyMark size={28} loading />
      <span className="sr-only">{text.common.loading}</span>
    </div>
  );
}
