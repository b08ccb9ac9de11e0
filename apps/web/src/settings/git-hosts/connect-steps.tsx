import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { SecretLine } from "../../members/secret-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { hostWords } from "./host-words.ts";
import { LoopbackNote } from "./loopback-note.tsx";

type ConnectStepsProps = {
  readonly connection: GitConnection;
  readonly secret: string;
  readonly onClose: () => void;
};

/** What to enter in GitHub's form for a webhook, and whether it has sent something since. */
export function ConnectSteps({ connection, secret, onClose }: ConnectStepsProps) {
  const text = useText();
  const words = hostWords[connection.host];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.pullRequests.readyTitle}
      description={text.pullRequests.readyHint}
      footer={
        <>
          <FirstDelivery connection={connection} />
          <Button variant="primary" onClick={onClose}>
            {text.common.done}
          </Button>
        </>
      }
    >
      <ol className="flex list-decimal flex-col gap-3 ps-5 marker:text-faint">
        <li>{text.pullRequests.stepOpen}</li>
        <li>
          <p>{text.pullRequests.stepEnter}</p>
          <dl className="mt-2 grid grid-cols-1 items-center gap-x-3 gap-y-1.5 tablet:grid-cols-[96px_minmax(0,1fr)]">
            <Entry name={words.address}>
              <SecretLine value={connection.url} />
            </Entry>
            <Entry name={words.contentType}>
              <SecretLine value="application/json" />
            </Entry>
            <Entry name={words.secret}>
              <SecretLine value={secret} />
            </Entry>
          </dl>
        </li>
        <li>{text.pullRequests.stepEvents}</li>
      </ol>
      <div className="mt-3 empty:hidden">
        <LoopbackNote urls={[connection.url]} />
      </div>
    </Dialog>
  );
}

function Entry({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-12 text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function FirstDelivery({ connection }: { readonly connection: GitConnection }) {
  const text = useText();
  const workspace = useWorkspace();
  const found = useQuery(query(gitConnections.list, { workspace: workspace.id }));
  const now = found.data?.items.find(({ id }) => id === connection.id) ?? connection;
  const hasArrived = now.lastDeliveryAt !== null;
  return (
    <p role="status" className="me-auto flex min-w-0 items-center gap-1.5 text-12 text-muted">
      <StateGlyph state={hasArrived ? "done" : "waiting"} size={12} decorative />
      {hasArrived ? text.pullRequests.firstArrived : text.pullRequests.waitingForFirst}
    </p>
  );
}
