import { useRouter } from "@tanstack/react-router";
import { useText } from "../../i18n/use-text.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { UsageView } from "../usage-view.ts";
import type { AskedRange } from "../use-range.ts";
import { sharedSearch } from "./shared-search.ts";

type ShareLinkProps = { readonly view: UsageView; readonly range: AskedRange };

/** Copies an address that shows exactly this to whoever opens it, whenever. */
export function ShareLink({ view, range }: ShareLinkProps) {
  const text = useText();
  const router = useRouter();
  const { slug } = useWorkspace();
  const { href } = router.buildLocation({
    to: "/$slug/usage",
    params: { slug },
    search: sharedSearch(view.search, view.question.tz, range),
  });
  return (
    <CopyButton
      size="normal"
      icon="link"
      label={text.usage.dashboard.share}
      value={new URL(href, location.origin).href}
    />
  );
}
