import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useText } from "../i18n/use-text.ts";
import { ModelsSource } from "./models-source.tsx";

/** Models that a program offers. */
export function RuntimeModels({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  return (
    <section aria-label={text.runtimes.models} className="flex max-w-180 flex-col gap-1.5">
      <ModelsSource runtime={runtime} />
      {runtime.models.length > 0 && (
        <ul className="flex max-h-40 flex-wrap gap-1 overflow-y-auto">
          {runtime.models.map((model) => (
            <li
              key={model}
              className="max-w-full truncate rounded-tag border border-line px-1.5 font-mono text-12 text-muted"
            >
              {model}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
