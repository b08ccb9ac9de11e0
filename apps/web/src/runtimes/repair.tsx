import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useText } from "../i18n/use-text.ts";
import { CommandLine } from "../ui/command-line.tsx";

/** A hint that is a command begins with a program's name and does not end like a sentence. */
const commandShape = /^[a-z][\w./@-]*( [^\s].*)?[^.!?。]$/;

/** What keeps a program from working, and how to repair it. */
export function Repair({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  if (runtime.problem === null) return null;
  const known: Readonly<Record<string, string>> = text.runtimes.problem;
  const words = known[runtime.problem] ?? runtime.problemDetail ?? text.runtimes.problemUnknown;
  const hint = runtime.repairHint;
  return (
    <div className="flex max-w-180 flex-col gap-1.5 rounded-card bg-failed-wash px-3 py-2 text-13">
      <p className="wrap-anywhere text-failed-ink">
        {words}
        {runtime.problemDetail !== null && known[runtime.problem] !== undefined && (
          <span className="block text-12 text-muted">{runtime.problemDetail}</span>
        )}
      </p>
      {hint !== null && commandShape.test(hint) && (
        <>
          <span className="text-11 text-faint">{text.runtimes.repair}</span>
          <CommandLine command={hint} />
        </>
      )}
      {hint !== null && !commandShape.test(hint) && <p className="text-12 text-muted">{hint}</p>}
    </div>
  );
}
