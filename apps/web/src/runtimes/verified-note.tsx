import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { tutorialCli } from "../agents/best-runtime.ts";
import { useText } from "../i18n/use-text.ts";
import { Chip } from "../ui/chip.tsx";
import { Tooltip } from "../ui/tooltip.tsx";

/** Whether a program has been tried for real, and in which version. */
export function VerifiedNote({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  if (runtime.cli === tutorialCli) return <Chip>{text.runtimes.tutorial}</Chip>;
  if (!runtime.verified) {
    return (
      <Tooltip text={text.runtimes.unverifiedHint}>
        <button type="button" className="relative rounded-tag after:absolute after:-inset-1">
          <Chip tone="waiting">{text.runtimes.unverified}</Chip>
        </button>
      </Tooltip>
    );
  }
  const version = runtime.verifiedVersion;
  const hint =
    version === null ? text.runtimes.verifiedHint : text.runtimes.verifiedWith({ version });
  return (
    <Tooltip text={hint}>
      <button
        type="button"
        className="relative rounded-tag text-12 text-faint after:absolute after:-inset-1"
      >
        {text.runtimes.verified}
        {version !== null && <span className="figures"> {version}</span>}
      </button>
    </Tooltip>
  );
}
