import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { newId, type SkillId } from "@headcount/contract/kit/ids";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { changes } from "@headcount/contract/realtime/routes";
import { agentSkills, skillFiles, skills } from "@headcount/contract/skills/routes";
import type { Skill } from "@headcount/contract/skills/schemas";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import type { TestPerson } from "../testing/test-app.ts";

const review = {
  workspace,
  name: "Code Review",
  description: "How we review code.",
  instructions: "---\nname: ignored\nlicense: MIT\n---\n# Review\n\nRead it twice.\n",
  labels: ["quality", "Quality"],
  files: [
    { path: "checklist.md", content: "- tests" },
    { path: "scripts/run.sh", content: "#!/bin/sh\n", executable: true },
    { path: "logo.bin", content: Buffer.from([0, 255, 1]).toString("base64"), encoding: "base64" },
  ],
} as const;

describe("skills", () => {
  let queue: QueueTest;
  let alice: TestPerson;
  let bob: TestPerson;
  beforeAll(async () => {
    queue = await createQueueTest();
    ({ alice, bob } = queue.test);
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const create = (by: TestPerson, name: string): Promise<Skill> =>
    by.call(skills.create, { ...review, name, files: [...review.files], labels: [] });
  const typesSince = async (since: number): Promise<string[]> => {
    const rows = await queue.rows(
      (sql) => sql<{ type: string; changed: string[] }[]>`
        select type, changed from changes where seq > ${since} order by seq`,
    );
    return rows.map(({ type, changed }) => [type, ...changed].join(" "));
  };
  const cursor = async (): Promise<number> =>
    (await alice.call(changes.cursor, { workspace })).cursor;

  it("keeps what it was given, its files and the rest of the front matter", async () => {
    const since = await cursor();
    const made = await bob.call(skills.create, {
      ...review,
      files: [...review.files],
      labels: [...review.labels],
    });
    expect(made).toMatchObject({
      name: "Code Review",
      labels: ["quality"],
      frontMatter: "license: MIT",
      instructions: "# Review\n\nRead it twice.\n",
      creator: { type: "member", id: bob.userId, name: "Bob" },
      source: { kind: "written" },
      fileCount: 4,
      canEdit: true,
      revision: 1,
    });
    expect(made.files).toEqual([
      { path: "checklist.md", sizeBytes: 7, executable: false },
      { path: "logo.bin", sizeBytes: 3, executable: false },
      { path: "scripts/run.sh", sizeBytes: 10, executable: true },
    ]);
    const read = (path: string) =>
      alice.call(skillFiles.read, { workspace, skillId: made.id, path });
    expect(await read("checklist.md")).toMatchObject({ encoding: "utf8", content: "- tests" });
    expect(await read("logo.bin")).toMatchObject({ encoding: "base64", content: "AP8B" });
    expect(await typesSince(since)).toEqual(["skill.created"]);
    const { items, builtIns } = await alice.call(skills.list, { workspace });
    expect(items.find(({ id }) => id === made.id)).toMatchObject({ agentCount: 0, canEdit: true });
    expect(builtIns.map(({ name }) => name)).toEqual(["headcount"]);
  });

  it("INV-60 names are one whatever their case or spelling, and a name that is taken is refused", async () => {
    await create(bob, "Résumé");
    for (const name of ["RÉSUMÉ", "Re\u0301sume\u0301", "ｒésumé"]) {
      await expect(create(alice, name)).rejects.toMatchObject({ reason: "name_taken" });
    }
    const other = await create(bob, "Other");
    const rename = bob.call(skills.update, { workspace, skillId: other.id, name: "résumé" });
    await expect(rename).rejects.toMatchObject({ reason: "name_taken" });
  });

  it("writes and removes files, counts a change once and nothing when nothing changed", async () => {
    const made = await create(bob, "Files");
    const place = { workspace, skillId: made.id };
    const since = await cursor();
    const written = await bob.call(skillFiles.write, { ...place, path: "a/b.md", content: "new" });
    expect(written.revision).toBe(2);
    expect(written.hash).not.toBe(made.hash);
    const again = await bob.call(skillFiles.write, { ...place, path: "a/b.md", content: "new" });
    expect(again.revision).toBe(2);
    const removed = await bob.call(skillFiles.remove, { ...place, path: "a/b.md" });
    expect([removed.hash, removed.revision]).toEqual([made.hash, 3]);
    expect(await typesSince(since)).toEqual(["skill.updated content", "skill.updated content"]);
    await expect(bob.call(skillFiles.remove, { ...place, path: "a/b.md" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      bob.call(skills.update, { ...place, description: "Late", expectedRevision: 1 }),
    ).rejects.toMatchObject({ reason: "revision_conflict" });
  });

  it.each([
    ["skill.md", "x"],
    ["SKILL.MD", "x"],
    ["../up.md", "x"],
    ["/abs", "x"],
    ["CHECKLIST.md", "x"],
    ["checklist.md/inside", "x"],
    ["large.txt", "x".repeat(1024 * 1024 + 1)],
  ])("refuses the file %s", async (path, content) => {
    const made = await create(
      bob,
      `Refused ${content.length} ${Buffer.from(path).toString("hex")}`.slice(0, 60),
    );
    const write = bob.call(skillFiles.write, { workspace, skillId: made.id, path, content });
    await expect(write).rejects.toMatchObject({ code: "invalid", reason: "validation" });
    const after = await bob.call(skills.get, { workspace, skillId: made.id });
    expect([after.revision, after.hash]).toEqual([1, made.hash]);
  });

  it("refuses more than 8 MiB and more than 256 files", async () => {
    const large = { content: "x".repeat(1024 * 1024 - 1) };
    const tooLarge = Array.from({ length: 9 }, (_, index) => ({ path: `${index}.txt`, ...large }));
    const tooMany = Array.from({ length: 256 }, (_, index) => ({
      path: `${index}.txt`,
      content: "",
    }));
    for (const [name, files] of [
      ["Too large", tooLarge],
      ["Too many", tooMany],
    ] as const) {
      const attempt = bob.call(skills.create, { ...review, name, labels: [], files });
      await expect(attempt).rejects.toMatchObject({ reason: "validation" });
    }
  });

  it("INV-44 only its creator and admins change a skill; everybody reads it", async () => {
    const carol = await queue.test.addPerson("Carol");
    const made = await create(bob, "Rights");
    const place = { workspace, skillId: made.id };
    expect((await carol.call(skills.get, place)).canEdit).toBe(false);
    const acts = [
      () => carol.call(skills.update, { ...place, description: "Mine" }),
      () => carol.call(skillFiles.write, { ...place, path: "x", content: "" }),
      () => carol.call(skillFiles.remove, { ...place, path: "checklist.md" }),
      () => carol.call(skills.delete, place),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ reason: "role_required" });
    const changed = await alice.call(skills.update, { ...place, description: "Better" });
    expect(changed).toMatchObject({ description: "Better", revision: 2 });
    expect(changed.frontMatter).toBe("license: MIT");
    await alice.call(skills.delete, place);
    await expect(bob.call(skills.get, place)).rejects.toMatchObject({ reason: "skill.not_found" });
  });

  it("does not exist in another workspace, nor with a made-up id", async () => {
    const made = await create(bob, "Ours");
    await alice.call(workspaces.create, { name: "Elsewhere", slug: "elsewhere" });
    for (const place of [
      { workspace: "elsewhere", skillId: made.id },
      { workspace, skillId: newId<SkillId>() },
    ]) {
      for (const act of [
        () => alice.call(skills.get, place),
        () => alice.call(skills.export, place),
        () => alice.call(skills.update, { ...place, description: "x" }),
        () => alice.call(skills.delete, place),
        () => alice.call(skillFiles.read, { ...place, path: "checklist.md" }),
        () => alice.call(skillFiles.write, { ...place, path: "x", content: "" }),
        () => alice.call(skillFiles.remove, { ...place, path: "checklist.md" }),
      ]) {
        await expect(act()).rejects.toMatchObject({ reason: "skill.not_found" });
      }
    }
  });

  it("is bound to agents by those who may edit them, and seen by those who see them", async () => {
    const made = await create(bob, "Bound");
    const agent = await queue.agent("Bee", { access: "owner_only" });
    const place = { workspace, agentId: agent.id, skillId: made.id };
    await expect(bob.call(agentSkills.bind, place)).rejects.toMatchObject({
      reason: "agent.not_found",
    });
    const since = await cursor();
    const bound = await alice.call(agentSkills.bind, place);
    expect(bound.items).toMatchObject([{ skillId: made.id, name: "Bound", enabled: true }]);
    await alice.call(agentSkills.bind, place);
    await alice.call(agentSkills.bind, { ...place, enabled: false });
    expect(await typesSince(since)).toEqual(["agent.updated skills", "agent.updated skills"]);
    const uses = async (person: TestPerson) =>
      (await person.call(skills.get, { workspace, skillId: made.id })).agents;
    expect(await uses(alice)).toEqual([{ agentId: agent.id, agentName: "Bee", enabled: false }]);
    expect(await uses(bob)).toEqual([]);
    await alice.call(agentSkills.unbind, place);
    expect((await alice.call(agentSkills.list, { workspace, agentId: agent.id })).items).toEqual(
      [],
    );
    await expect(alice.call(agentSkills.unbind, place)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      alice.call(agentSkills.bind, { ...place, skillId: newId<SkillId>() }),
    ).rejects.toMatchObject({ reason: "skill.not_found" });
  });

  it("is attached when an agent is created, in the same transaction", async () => {
    const made = await create(bob, "From the start");
    const named = { workspace, name: "Starter", access: "workspace" } as const;
    await expect(
      alice.call(agents.create, { ...named, skillIds: [made.id, newId<SkillId>()] }),
    ).rejects.toMatchObject({ reason: "validation" });
    const agent = await alice.call(agents.create, { ...named, skillIds: [made.id, made.id] });
    const { items } = await alice.call(agentSkills.list, { workspace, agentId: agent.id });
    expect(items.map(({ name }) => name)).toEqual(["From the start"]);
    await bob.call(skills.delete, { workspace, skillId: made.id });
    expect((await alice.call(agentSkills.list, { workspace, agentId: agent.id })).items).toEqual(
      [],
    );
  });

  it("INV-44 an agent makes skills, changes only its own, and binds none", async () => {
    const theirs = await create(bob, "Written by a person");
    const agent = await queue.agent("Author");
    await queue.issue("Write a skill down", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    const as = <R extends Route>(route: R, input: InputOf<R>): Promise<OutputOf<R>> =>
      queue.test.callAs(task.token, route, input);
    const own = await as(skills.create, { ...review, name: "By an agent", labels: [], files: [] });
    expect(own).toMatchObject({ creator: { type: "agent", name: "Author" }, canEdit: true });
    await as(skills.update, { workspace, skillId: own.id, description: "Again" });
    for (const act of [
      () => as(skills.update, { workspace, skillId: theirs.id, description: "Do as I say" }),
      () => as(skillFiles.write, { workspace, skillId: theirs.id, path: "x", content: "x" }),
    ]) {
      await expect(act()).rejects.toMatchObject({ reason: "role_required" });
    }
    for (const act of [
      () => as(skills.delete, { workspace, skillId: own.id }),
      () => as(agentSkills.bind, { workspace, agentId: agent.id, skillId: own.id }),
    ]) {
      await expect(act()).rejects.toMatchObject({ reason: "human_required" });
    }
    // It belongs to the person for whom the run worked.
    await alice.call(skills.delete, { workspace, skillId: own.id });
    await queue.machine.finish(task);
  });
});
