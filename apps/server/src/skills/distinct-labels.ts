import { foldName } from "@headcount/domain/skills/fold-name";

/** Labels in their order, each once whatever its case. */
export function distinctLabels(labels: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return labels.filter((label) => {
    const key = foldName(label);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
