import type { GitConnection } from "@headcount/contract/pull-requests/schemas";
import { useText } from "../../i18n/use-text.ts";
import { SecretLine } from "../../members/secret-line.tsx";
import { Button } from "../../ui/button.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import { Time } from "../../ui/time.tsx";
import { hostWords } from "./host-words.ts";

type ConnectionRowProps = {
  readonly connection: GitConnection;
  readonly onRotate: () => void;
  readonly onDelete: () => void;
};

/** A git host: when it was last heard of, where it has to send to, another secret, and its end. */
export function ConnectionRow({ connection, onRotate, onDelete }: ConnectionRowProps) {
  const text = useText();
  const { name, host, url, lastDeliveryAt, lastFault } = connection;
  return (
    <li className="flex flex-col gap-2 border-b border-line px-3 py-3 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span className="min-w-0 grow basis-40">
          <span className="block truncate font-medium">{name}</span>
          <span className="flex flex-wrap items-center gap-x-1.5 text-12 text-faint">
            {hostWords[host].name}
            {lastDeliveryAt !== null && (
              <>
                <span aria-hidden="true">·</span>
                <span>
                  {text.pullRequests.lastDelivery} <Time at={lastDeliveryAt} />
                </span>
              </>
            )}
          </span>
        </span>
        <span className="flex gap-2">
          <Button
            size="small"
            aria-label={text.pullRequests.rotateLabel({ name })}
            onClick={onRotate}
          >
            {text.pullRequests.rotate}
          </Button>
          <Button
            size="small"
            aria-label={text.pullRequests.removeLabel({ name })}
            onClick={onDelete}
          >
            {text.pullRequests.remove}
          </Button>
        </span>
      </div>
      <SecretLine value={url} />
      {lastFault !== null && (
        <p className="flex gap-1.5 text-12 text-failed-ink">
          <StateGlyph state="failed" size={12} decorative className="mt-0.5 shrink-0" />
          <span>
            {text.pullRequests.faults[lastFault.reason]}{" "}
            <Time at={lastFault.at} className="text-muted" />
          </span>
        </p>
      )}
      {lastDeliveryAt === null && lastFault === null && (
        <p className="flex gap-1.5 text-12 text-muted">
          <StateGlyph state="waiting" size={12} decorative className="mt-0.5 shrink-0" />
          <span>
            <span className="font-medium">{text.pullRequests.noDelivery}</span>{" "}
            {text.pullRequests.noDeliveryHint}
          </span>
        </p>
      )}
    </li>
  );
}
