import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { ConnectDialog } from "./connect-dialog.tsx";
import { ConnectionRow } from "./connection-row.tsx";
import { DeleteConnectionDialog } from "./delete-connection-dialog.tsx";
import { LoopbackNote } from "./loopback-note.tsx";
import { RotateSecretDialog } from "./rotate-secret-dialog.tsx";

type Asking =
  | { readonly kind: "connect" }
  | { readonly kind: "rotate" | "delete"; readonly connection: GitConnection };

/** Git hosts that tell of pull requests, and how that goes. For admins. */
export function GitHostsSection() {
  const text = useText();
  const workspace = useWorkspace();
  const [asking, setAsking] = useState<Asking | null>(null);
  const found = useQuery(query(gitConnections.list, { workspace: workspace.id }));
  const close = () => setAsking(null);
  if (found.isPending) return <Skeleton className="w-60" />;
  if (found.isLoadingError) {
    return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  }
  const { items } = found.data;
  return (
    <div className="flex flex-col items-start gap-3">
      {items.length === 0 && <p className="text-13 text-faint">{text.pullRequests.empty}</p>}
      {items.length > 0 && (
        <ul className="w-full overflow-hidden rounded-card border border-line">
          {items.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              onRotate={() => setAsking({ kind: "rotate", connection })}
              onDelete={() => setAsking({ kind: "delete", connection })}
            />
          ))}
        </ul>
      )}
      <LoopbackNote urls={items.map(({ url }) => url)} />
      <Button icon={<Plus size={14} />} onClick={() => setAsking({ kind: "connect" })}>
        {text.pullRequests.connect}
      </Button>
      {asking?.kind === "connect" && <ConnectDialog onClose={close} />}
      {asking?.kind === "rotate" && (
        <RotateSecretDialog connection={asking.connection} onClose={close} />
      )}
      {asking?.kind === "delete" && (
        <DeleteConnectionDialog connection={asking.connection} onClose={close} />
      )}
    </div>
  );
}
