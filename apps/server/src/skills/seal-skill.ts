import type { SkillId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { assertFiles } from "./check-files.ts";
import { makeBundle } from "./make-bundle.ts";
import { getSkillRow } from "./skill-rights.ts";
import { readSkillTexts, readStoredFiles, type SkillRow } from "./skill-rows.ts";
import { pruneBundles, sealSkillRow } from "./store.ts";

/**
 * Ends a change of a skill: checks all of its files together, keeps the new bundle, and says what
 * has changed. Nothing is counted and nothing said when it is what it was before.
 *
 * @param before null for a skill that is new
 * @throws invalid when the files exceed a limit or clash
 */
export async function sealSkill(
  ctx: WorkspaceContext,
  id: SkillId,
  before: SkillRow | null,
): Promise<void> {
  const row = await getSkillRow(ctx, id);
  const texts = await readSkillTexts(ctx, id);
  const files = await readStoredFiles(ctx, id);
  assertFiles(
    texts.instructions,
    files.map(({ path, content }) => ({ path, sizeBytes: content.length })),
  );
  const seal = makeBundle({ ...row, ...texts }, files);
  const changed = before === null ? [] : changedFields(before, row, seal.hash);
  if (before !== null && changed.length === 0) return;
  const revision = await sealSkillRow(ctx, id, seal);
  if (before !== null) await pruneBundles(ctx);
  ctx.emit({
    type: before === null ? "skill.created" : "skill.updated",
    entity: { kind: "skill", id, revision },
    changed,
    data: {},
  });
}

function changedFields(before: SkillRow, after: SkillRow, hash: string): string[] {
  const fields = (["name", "description", "labels", "source"] as const).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  const isOtherContent = before.bundleHash !== hash;
  return isOtherContent ? [...fields, "content"] : fields;
}
