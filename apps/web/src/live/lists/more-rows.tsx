import { useText } from "../../i18n/use-text.ts";

/** How many rows there are beyond those that are shown. */
export function MoreRows({ shown, total }: { readonly shown: number; readonly total: number }) {
  const text = useText();
  if (total <= shown) return null;
  return (
    <p className="figures border-t border-line py-1.5 text-12 text-faint">
      {text.live.more({ count: total - shown })}
    </p>
  );
}
