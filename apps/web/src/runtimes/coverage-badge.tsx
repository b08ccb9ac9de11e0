import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useText } from "../i18n/use-text.ts";
import { Chip, type ChipTone } from "../ui/chip.tsx";
import { Tooltip } from "../ui/tooltip.tsx";

const tones: Readonly<Record<Runtime["coverage"]["level"], ChipTone>> = {
  exact: "done",
  partial: "waiting",
  none: "plain",
};

/** How exactly a program's usage is measured, and why not more exactly. */
export function CoverageBadge({ coverage }: { readonly coverage: Runtime["coverage"] }) {
  const text = useText();
  const { level, reason } = coverage;
  const why = text.runtimes.coverageTitle[level] ?? reason;
  return (
    <Tooltip text={reason === "" ? why : `${why} ${reason}`}>
      <button type="button" className="relative rounded-tag after:absolute after:-inset-1">
        <Chip tone={tones[level] ?? "plain"}>{text.runtimes.coverage[level] ?? level}</Chip>
      </button>
    </Tooltip>
  );
}
