import { findArtefacts } from "./find-artefacts.ts";
import { findDeadTemporary } from "./find-dead-temporary.ts";
import { findOldRoots } from "./find-old-roots.ts";
import { findOldSessions } from "./find-old-sessions.ts";
import { dayMs, type Garbage, type GarbageOptions } from "./garbage.ts";
import { listRoots } from "./list-roots.ts";

const repositoryKeptMs = 30 * dayMs;

/**
 * Everything on this machine that nobody needs any more. Looking changes nothing.
 *
 * @throws ApiError when the server does not answer
 */
export async function findGarbage(options: GarbageOptions): Promise<readonly Garbage[]> {
  const roots = await listRoots(options.workRoot);
  const oldRoots = await findOldRoots(options, roots);
  const going = new Set(oldRoots.map(({ path }) => path));
  const staying = roots.filter(({ root }) => !going.has(root));
  const { repositories, nowMs } = options;
  const unusedBefore = nowMs() - repositoryKeptMs;
  return [
    ...oldRoots,
    ...(await findArtefacts(options, staying)),
    ...(await findOldSessions(options, staying)),
    ...(await repositories.listUnused(unusedBefore)).map((path) => ({
      kind: "repository" as const,
      path,
      reason: "not used for 30 days",
      remove: () => repositories.removeUnused(path, unusedBefore),
    })),
    ...(await findDeadTemporary(options)),
  ];
}
