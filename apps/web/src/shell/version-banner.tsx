import { useText } from "../i18n/use-text.ts";
import { versionStore } from "../realtime/version-store.ts";
import { Button } from "../ui/button.tsx";

/** Offers a reload when the server has been updated under the tab. */
export function VersionBanner() {
  const text = useText();
  const outdated = versionStore((state) => state.outdated || state.replaced);
  if (!outdated) return null;
  return (
    <div
      role="status"
      className="flex shrink-0 items-center justify-between gap-2 border-b border-line bg-accent-wash px-4 py-1.5 text-12 text-accent-ink"
    >
      {text.common.newVersion}
      <Button size="small" onClick={() => location.reload()}>
        {text.common.reload}
      </Button>
    </div>
  );
}
