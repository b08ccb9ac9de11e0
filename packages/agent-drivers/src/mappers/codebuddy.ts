import type { MapperInput, RunMapper } from "../core/run-mapper.ts";
import type { RunItem } from "../core/types.ts";
import { createClaudeMapper } from "./claude.ts";

/**
 * Reads CodeBuddy's stream, which is Claude Code's. What differs is whose models they are, and
 * that nobody has compared the figures with what was served.
 */
export function createCodebuddyMapper(input: MapperInput): RunMapper {
  const mapper = createClaudeMapper(input);
  const { provider, gap } = input.usage;
  const relabelled = (item: RunItem): RunItem =>
    item.type === "usage" ? { ...item, usage: { ...item.usage, provider } } : item;
  return {
    ...mapper,
    accept: (line) => mapper.accept(line).map(relabelled),
    finish(ending) {
      const { items, result } = mapper.finish(ending);
      const isDoubtful = result.coverage.level === "exact" && gap !== null;
      return {
        items: items.map(relabelled),
        result: {
          ...result,
          usage: result.usage.map((totals) => ({ ...totals, provider })),
          coverage: isDoubtful ? { level: "partial", reason: gap } : result.coverage,
        },
      };
    },
  };
}
