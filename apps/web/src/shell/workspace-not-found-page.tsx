import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";

/** An address of a workspace that leads nowhere: the way on stays at hand. */
export function WorkspaceNotFoundPage() {
  const text = useText();
  return (
    <>
      <PageHeader title={text.common.notFoundTitle} />
      <EmptyState
        title={text.common.notFoundHint}
        action={
          <Button asChild>
            <a href="/">{text.common.goHome}</a>
          </Button>
        }
      />
    </>
  );
}
