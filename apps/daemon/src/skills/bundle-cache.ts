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

const shortestMs = 30_000;
const longestMs = 5 * 60_000;
/** Slower than this a connection is as good as none: 32 KiB in a second. */
const bytesPerMs = 32;
const unusedKeptMs = 30 * 86_400_000;

/** How long one bundle may take: longer for larger ones, between half a minute and five. */
export function bundleTimeoutMs(sizeBytes: number): number {
  return Math.min(longestMs, shortestMs + Math.ceil(sizeBytes / bytesPerMs));
}

/** Files of skills, each bundle in a file named after its hash. */
export class BundleCache {
  readonly #client: ApiClient;
  readonly #directory: string;
  /** Downloads by hash; they never reject. */
  readonly #underway = new Map<string, Promise<unknown>>();

  constructor(client: ApiClient, directory: string) {
    this.#client = client;
    this.#directory = directory;
  }

  /**
   * The files of one skill, from the disk when they are there and still what their hash says. Runs
   * that need the same one at the same time share a download; when that fails, each tries itself.
   *
   * @throws RunFailure `skill_bundle_unavailable`
   */
  async fetch(
    skill: ClaimedSkill,
    workspaceId: WorkspaceId,
    signal: AbortSignal,
  ): Promise<SkillBundle> {
    const kept = (await this.#kept(skill.hash)) ?? (await this.#shared(skill.hash, signal));
    if (kept !== null) return readBundle(kept, skill);
    const download = this.#download(skill, workspaceId, signal);
    const settled = download.catch(() => undefined);
    this.#underway.set(skill.hash, settled);
    try {
      return readBundle(await download, skill);
    } finally {
      if (this.#underway.get(skill.hash) === settled) this.#underway.delete(skill.hash);
    }
  }

  /** What the download of another run has brought; null without one. */
  async #shared(hash: string, signal: AbortSignal): Promise<string | null> {
    const underway = this.#underway.get(hash);
    if (underway === undefined) return null;
    await Promise.race([underway, aborted(signal)]);
    return this.#kept(hash);
  }

  async #kept(hash: string): Promise<string | null> {
    const file = this.#fileOf(hash);
    const kept = await readFileIfThere(file);
    if (kept === null || hashOf(kept) !== hash) return null;
    const now = new Date();
    // It may just have been removed as unused; what was read is whole.
    await utimes(file, now, now).catch(() => undefined);
    return kept;
  }

  async #download(
    skill: ClaimedSkill,
    workspaceId: WorkspaceId,
    signal: AbortSignal,
  ): Promise<string> {
    const body = await download(this.#client, skill, workspaceId, signal);
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    await writeFileAtomically(this.#fileOf(skill.hash), body);
    await removeUnused(this.#directory);
    return body;
  }

  #fileOf(hash: string): string {
    return path.join(this.#directory, `${hash}.json`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
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
