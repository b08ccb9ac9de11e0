import { createHash } from "node:crypto";
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { withRetry } from "@headcount/client/retry";
import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { ClaimedSkill } from "@headcount/contract/daemon/schemas";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { SkillBundle } from "@headcount/contract/skills/schemas";
import { findPathClash } from "@headcount/domain/skills/find-path-clash";
import { skillPathProblem } from "@headcount/domain/skills/skill-path";
import { messageOf } from "../log.ts";
import { RunFailure } from "../runs/run-ending.ts";
import { readFileIfThere, writeFileAtomically } from "../state/atomic-file.ts";

/** Where bundles come from and where they are kept, each in a file named after its hash. */
export type BundleCache = {
  readonly client: ApiClient;
  readonly directory: string;
};

const shortestMs = 30_000;
const longestMs = 5 * 60_000;
/** Slower than this a connection is as good as none: 32 KiB in a second. */
const bytesPerMs = 32;
const unusedKeptMs = 30 * 86_400_000;

/** How long one bundle may take: longer for larger ones, between half a minute and five. */
export function bundleTimeoutMs(sizeBytes: number): number {
  return Math.min(longestMs, shortestMs + Math.ceil(sizeBytes / bytesPerMs));
}

/**
 * The files of one skill, from the cache when they are there and still what their hash says.
 *
 * @throws RunFailure `skill_bundle_unavailable`
 */
export async function fetchBundle(
  cache: BundleCache,
  skill: ClaimedSkill,
  workspaceId: WorkspaceId,
  signal: AbortSignal,
): Promise<SkillBundle> {
  const file = path.join(cache.directory, `${skill.hash}.json`);
  const kept = await readFileIfThere(file);
  if (kept !== null && hashOf(kept) === skill.hash) {
    const now = new Date();
    await utimes(file, now, now);
    return readBundle(kept, skill);
  }
  const body = await download(cache.client, skill, workspaceId, signal);
  await mkdir(cache.directory, { recursive: true, mode: 0o700 });
  await writeFileAtomically(file, body);
  await removeUnused(cache.directory);
  return readBundle(body, skill);
}

async function download(
  client: ApiClient,
  skill: ClaimedSkill,
  workspaceId: WorkspaceId,
  stop: AbortSignal,
): Promise<string> {
  const limit = AbortSignal.timeout(bundleTimeoutMs(skill.sizeBytes));
  const signal = AbortSignal.any([stop, limit]);
  let body: string;
  try {
    const input = { hash: skill.hash, workspaceId };
    ({ body } = await withRetry(client).call(daemon.skillBundle, input, { signal }));
  } catch (error) {
    throw unavailable(skill, limit.aborted ? "it took too long" : messageOf(error));
  }
  if (hashOf(body) === skill.hash) return body;
  throw unavailable(skill, "what arrived is not what the server had announced");
}

/** Nothing of a bundle is written before its paths are known to stay inside of its folder. */
function readBundle(body: string, skill: ClaimedSkill): SkillBundle {
  let bundle: SkillBundle;
  try {
    bundle = SkillBundle.parse(JSON.parse(body));
  } catch (error) {
    throw unavailable(skill, messageOf(error));
  }
  const paths = bundle.files.map((file) => file.path);
  const unsafe = paths.find((file) => skillPathProblem(file) !== null);
  if (unsafe === undefined && findPathClash(paths) === null) return bundle;
  throw unavailable(skill, "the names of its files are not safe");
}

function unavailable(skill: ClaimedSkill, why: string): RunFailure {
  return new RunFailure(
    "skill_bundle_unavailable",
    `The skill ${skill.name} could not be fetched: ${why}.`,
  );
}

const hashOf = (body: string): string => createHash("sha256").update(body).digest("hex");

/** Bundles that no run has needed for a month. */
async function removeUnused(directory: string): Promise<void> {
  const oldest = Date.now() - unusedKeptMs;
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const isOld = (await stat(file).catch(() => null))?.mtimeMs ?? Infinity;
    if (isOld < oldest) await rm(file, { force: true });
  }
}
