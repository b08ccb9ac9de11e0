import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { daemon } from "@headcount/contract/daemon/routes";
import { agentSkills, skillFiles, skills } from "@headcount/contract/skills/routes";
import { SkillBundle, type Skill } from "@headcount/contract/skills/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import { createTestMachine } from "../testing/test-machine.ts";

describe("skills of a run", () => {
  let queue: QueueTest;
  beforeAll(async () => {
    queue = await createQueueTest();
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const create = (name: string): Promise<Skill> =>
    queue.test.alice.call(skills.create, {
      workspace,
      name,
      description: `About ${name}`,
      instructions: "Do it.",
      files: [{ path: "more.md", content: "More." }],
    });
  const fetchBundle = (hash: string, token = queue.machine.token) =>
    queue.test.callAs(token, daemon.skillBundle, { hash, workspaceId: queue.test.workspaceId });
  const keptBundles = async (): Promise<string[]> =>
    (await queue.rows((sql) => sql<{ hash: string }[]>`select hash from skill_bundles`)).map(
      ({ hash }) => hash,
    );

  it("INV-64 a claim carries ids and hashes, the task records them, and each is fetched by hash", async () => {
    const { alice } = queue.test;
    const agent = await queue.agent("Skilled");
    const [zebra, apple, off] = [await create("Zebra"), await create("apple"), await create("Off")];
    const bind = (skill: Skill, enabled: boolean) =>
      alice.call(agentSkills.bind, { workspace, agentId: agent.id, skillId: skill.id, enabled });
    await bind(zebra, true);
    await bind(apple, true);
    await bind(off, false);
    await queue.issue("Use skills", agent.id);
    const task = only(await queue.machine.claim());
    const named = task.skills.map(({ id, name, hash }) => ({ id, name, hash }));
    expect(named.slice(1)).toEqual([
      { id: apple.id, name: "apple", hash: apple.hash },
      { id: zebra.id, name: "Zebra", hash: zebra.hash },
    ]);
    expect(named[0]).toMatchObject({ id: null, name: "headcount" });
    const shown = await alice.call(tasks.get, { workspace, taskId: task.taskId });
    expect(shown.skills).toEqual(named);
    for (const skill of task.skills) {
      const { body } = await fetchBundle(skill.hash);
      expect(createHash("sha256").update(body).digest("hex")).toBe(skill.hash);
      expect(Buffer.byteLength(body)).toBe(skill.sizeBytes);
      expect(SkillBundle.parse(JSON.parse(body)).name).toBe(skill.name);
    }
    await queue.machine.start(task);

    // What a run was given stays to be had until it has ended, then goes with the next change.
    const place = { workspace, skillId: zebra.id };
    const changed = await alice.call(skillFiles.write, { ...place, path: "more.md", content: "!" });
    expect(await keptBundles()).toEqual(expect.arrayContaining([zebra.hash, changed.hash]));
    await alice.call(skills.delete, { workspace, skillId: apple.id });
    expect((await fetchBundle(apple.hash)).hash).toBe(apple.hash);
    expect(shown.skills).toEqual(named);
    await queue.machine.finish(task);
    await alice.call(skills.delete, { workspace, skillId: off.id });
    expect(await keptBundles()).toEqual([changed.hash]);
    await expect(fetchBundle(zebra.hash)).rejects.toMatchObject({ reason: "skill.not_found" });
  });

  it("is fetched only by machines whose owner belongs to the workspace", async () => {
    const made = await create("Secret");
    const carol = await queue.test.addPerson("Carol");
    const machine = await createTestMachine(queue.test, carol);
    expect((await fetchBundle(made.hash, machine.token)).hash).toBe(made.hash);
    await queue.rows((sql) => sql`delete from members where user_id = ${carol.userId} returning 1`);
    const attempt = fetchBundle(made.hash, machine.token);
    await expect(attempt).rejects.toMatchObject({ code: "not_found" });
  });
});
