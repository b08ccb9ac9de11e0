import type { UsageEventListItem } from "@headcount/contract/usage/event-schemas";
import { useText } from "../../i18n/use-text.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import { callClasses, callKey, tokensOf } from "./call-classes.ts";

type CallGraphProps = { readonly calls: readonly UsageEventListItem[] };

/** A column per call, as high as its prompt and answer: how the context of a run grows. */
export function CallGraph({ calls }: CallGraphProps) {
  const text = useText();
  const { work } = text.usageLists;
  const largest = Math.max(...calls.map((call) => Number(call.tokens.total)), 1);
  return (
    <figure aria-label={work.callsGraph} className="flex flex-col gap-2">
      <div aria-hidden="true" className="flex items-stretch gap-2">
        <div className="flex h-24 min-w-0 grow items-end gap-px border-b border-line">
          {calls.map((call) => (
            <span
              key={callKey(call)}
              title={`${call.model} · ${formatTokens(call.tokens.total)}`}
              className="flex max-w-4 min-w-px grow flex-col-reverse"
              style={{ height: `${(Number(call.tokens.total) / largest) * 100}%` }}
            >
              {callClasses.map(({ name, colour }) => (
                <span key={name} style={{ flexGrow: tokensOf(call, name), background: colour }} />
              ))}
            </span>
          ))}
        </div>
        <span className="figures text-11 text-faint">{formatTokens(largest)}</span>
      </div>
      <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
        {callClasses.map(({ name, colour }) => (
          <span key={name} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className="size-2 rounded-[2px]"
              style={{ background: colour }}
            />
            {work[name]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
