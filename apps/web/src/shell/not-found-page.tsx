import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";

/** For addresses that lead nowhere, and for what was deleted or belongs to someone else, alike. */
export function NotFoundPage() {
  const text = useText();
  return (
    <EmptyState
      title={text.common.notFoundTitle}
      hint={text.common.notFoundHint}
      action={
        <Button asChild>
          <a href="/">{text.common.goHome}</a>
        </Button>
      }
    />
  );
}
