import type { SkillId } from "@headcount/contract/kit/ids";
import type { Skill, SkillSummary } from "@headcount/contract/skills/schemas";
import { privateAgentName, readClosedAgents } from "../agents/read-closed-agents.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { getSkillRow, mayDo } from "./skill-rights.ts";
import {
  readFileEntries,
  readSkillRows,
  readSkillTexts,
  readUses,
  type SkillRow,
} from "./skill-rows.ts";

/** Skills by name with how many agents use them, as far as the caller sees those. */
export async function readSkills(ctx: WorkspaceContext): Promise<SkillSummary[]> {
  const rows = await readSkillRows(ctx, null);
  const closed = await closedCreators(ctx, rows);
  const agentCounts = new Map<SkillId, number>();
  for (const { skillId } of await readUses(ctx, null)) {
    agentCounts.set(skillId, (agentCounts.get(skillId) ?? 0) + 1);
  }
  return rows.map((row) => ({
    ...headOf(ctx, row, closed),
    agentCount: agentCounts.get(row.id) ?? 0,
  }));
}

/** One skill with its texts. @throws not_found */
export async function getSkill(ctx: WorkspaceContext, id: SkillId): Promise<Skill> {
  const row = await getSkillRow(ctx, id);
  const closed = await closedCreators(ctx, [row]);
  const uses = await readUses(ctx, id);
  return {
    ...headOf(ctx, row, closed),
    ...(await readSkillTexts(ctx, id)),
    files: await readFileEntries(ctx, id),
    agents: uses.map(({ agentId, agentName, enabled }) => ({ agentId, agentName, enabled })),
  };
}

function closedCreators(
  ctx: WorkspaceContext,
  rows: readonly SkillRow[],
): Promise<ReadonlySet<string>> {
  const ids = rows.flatMap(({ creatorType, creatorId }) =>
    creatorType === "agent" && creatorId !== null ? [creatorId] : [],
  );
  return readClosedAgents(ctx, [...new Set(ids)]);
}

function headOf(
  ctx: WorkspaceContext,
  row: SkillRow,
  closed: ReadonlySet<string>,
): Omit<SkillSummary, "agentCount"> {
  const isClosed = row.creatorId !== null && closed.has(row.creatorId);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    labels: row.labels,
    creator: {
      type: row.creatorType,
      id: isClosed ? null : row.creatorId,
      name: isClosed ? privateAgentName : (row.creatorName ?? ""),
    },
    source: row.source,
    hash: row.bundleHash,
    fileCount: row.fileCount,
    sizeBytes: row.sizeBytes,
    canEdit: mayDo(ctx, row, "skill.edit"),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
