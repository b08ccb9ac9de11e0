import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { makeClient } from "@headcount/client/make-client";
import { type ScriptedReply, ScriptedServer } from "@headcount/client/scripted-server.fixture";
import type { ClaimedSkill } from "@headcount/contract/daemon/schemas";
import { newId, type SkillId, type WorkspaceId } from "@headcount/contract/kit/ids";
import type { SkillBundle } from "@headcount/contract/skills/schemas";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { BundleCache } from "./bundle-cache.ts";

const workspaceId = newId<WorkspaceId>();
const never = new AbortController().signal;
const bundle: SkillBundle = {
  name: "review",
  description: "About reviews.",
  frontMatter: "",
  instructions: "Do it well.",
  files: [],
};
const body = JSON.stringify(bundle);
const hash = createHash("sha256").update(body).digest("hex");
const skill: ClaimedSkill = {
  id: newId<SkillId>(),
  name: bundle.name,
  description: bundle.description,
  hash,
  sizeBytes: Buffer.byteLength(body),
};
const found: ScriptedReply = { body: { hash, body } };
const missing: ScriptedReply = {
  status: 404,
  body: { code: "not_found", reason: "skill.not_found", message: "none", requestId: "r" },
};

function cacheIn(directory: string, server: ScriptedServer): BundleCache {
  return new BundleCache(makeClient({ baseUrl: server.baseUrl, clientName: "test" }), directory);
}

test("INV-64 runs that need one bundle at the same moment share its download", async () => {
  await using folder = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  server.answer = () => found;
  const cache = cacheIn(folder.path, server);
  const wanted = Array.from({ length: 20 }, () => cache.fetch(skill, workspaceId, never));
  expect(await Promise.all(wanted)).toEqual(wanted.map(() => bundle));
  expect(server.requests).toHaveLength(1);
  expect(await readdir(folder.path)).toEqual([`${hash}.json`]);
});

test("INV-64 a download that fails, fails the run that began it; the others try themselves", async () => {
  await using folder = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  server.answer = () => (server.requests.length === 1 ? missing : found);
  const cache = cacheIn(folder.path, server);
  const wanted = Array.from({ length: 5 }, () => cache.fetch(skill, workspaceId, never));
  const settled = await Promise.allSettled(wanted);
  // All look at the disk first, and the disk decides who is through with that before the others.
  const failed = settled.filter(({ status }) => status === "rejected");
  expect(failed).toMatchObject([{ reason: { reason: "skill_bundle_unavailable" } }]);
});

test("a run that is stopped does not wait for the download of another", async () => {
  await using folder = await temporaryDirectory();
  await using server = await ScriptedServer.start();
  const answer = Promise.withResolvers<ScriptedReply>();
  server.answer = () => answer.promise;
  const cache = cacheIn(folder.path, server);
  const first = cache.fetch(skill, workspaceId, never);
  await waitFor(() => server.requests.length === 1, { describe: "the download" });
  const stop = new AbortController();
  const second = cache.fetch(skill, workspaceId, stop.signal);
  stop.abort();
  await expect(second).rejects.toMatchObject({ reason: "skill_bundle_unavailable" });
  answer.resolve(found);
  expect(await first).toEqual(bundle);
});
