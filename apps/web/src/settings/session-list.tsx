import { account } from "@headcount/contract/users/routes";
import { useQuery } from "@tanstack/react-query";
import { describeError } from "../data/describe-error.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { deviceName } from "./device-name.ts";

/** Where one is signed in, and how to end it. */
export function SessionList() {
  const text = useText();
  const sessions = useQuery({ ...query(account.listSessions, {}), staleTime: 0 });
  const options = {
    onSuccess: () => void sessions.refetch(),
    onError: (error: unknown) => showToast({ tone: "failed", message: describeError(error, text) }),
  };
  const revoke = useCommand(account.revokeSession, options);
  const revokeOthers = useCommand(account.revokeOtherSessions, options);
  if (sessions.isPending) return <Skeleton className="w-60" />;
  if (sessions.isLoadingError) {
    return <QueryError error={sessions.error} onRetry={() => void sessions.refetch()} />;
  }
  const items = sessions.data.items.map((session) => ({
    ...session,
    device: deviceName(session.device, text),
  }));
  return (
    <div className="flex flex-col items-start gap-3">
      <ul className="w-full overflow-hidden rounded-card border border-line">
        {items.map((session) => (
          <li
            key={session.id}
            className="flex items-center gap-3 border-b border-line px-3 py-2 last:border-b-0"
          >
            <span className="min-w-0 grow">
              <span className="flex items-center gap-2">
                <span className="truncate font-medium">{session.device}</span>
                {session.current && <Chip tone="accent">{text.settings.thisSession}</Chip>}
              </span>
              <span className="block text-12 text-faint">
                {text.settings.lastUsed} <Time at={session.lastUsedAt} /> · {text.settings.signedIn}{" "}
                <Time at={session.createdAt} style="date" />
              </span>
            </span>
            {!session.current && (
              <Button
                size="small"
                aria-label={text.settings.endSessionLabel({ device: session.device })}
                onClick={() => revoke.mutate({ sessionId: session.id })}
              >
                {text.settings.endSession}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <Button
          variant="danger"
          busy={revokeOthers.isPending}
          onClick={() => revokeOthers.mutate({})}
        >
          {text.settings.endOthers}
        </Button>
      )}
    </div>
  );
}
