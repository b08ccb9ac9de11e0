import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { daemon } from "@headcount/contract/daemon/routes";
import { issues } from "@headcount/contract/issues/routes";
import { type DaemonId, newId } from "@headcount/contract/kit/ids";
import { members } from "@headcount/contract/members/routes";
import type { Project } from "@headcount/contract/projects/schemas";
import { projects } from "@headcount/contract/projects/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";
import { createTestMachine, type TestMachine } from "../testing/test-machine.ts";

const workspace = "acme";
const able = ["worktree", "local_directory", "resume"];

let test: TestApp;
let machine: TestMachine;
let project: Project;

beforeEach(async () => {
  test = await createTestApp();
  machine = await createTestMachine(test, test.bob, { capabilities: able });
  project = await test.alice.call(projects.create, {
    workspace,
    title: "Door",
    repositories: [{ url: "https://git.test/door.git" }],
  });
});
afterEach(async () => {
  await test[Symbol.asyncDispose]();
});

type Wanted = { path?: string; mode?: "in_place" | "worktree"; daemonId?: DaemonId };

const name = (by: TestPerson, wanted: Wanted = {}): Promise<Project> =>
  by.call(projects.setDirectory, {
    workspace,
    projectId: project.id,
    daemonId: wanted.daemonId ?? machine.daemonId,
    path: wanted.path ?? "/home/bob/door",
    mode: wanted.mode ?? "worktree",
  });

const remove = (by: TestPerson): Promise<Project> =>
  by.call(projects.removeDirectory, {
    workspace,
    projectId: project.id,
    daemonId: machine.daemonId,
  });

/** Gives an agent of bob's on his machine an issue of the project. */
async function enqueue(): Promise<void> {
  const agent = await test.bob.call(agents.create, {
    workspace,
    name: "Ada",
    runtimeId: machine.runtimeId,
  });
  await test.bob.call(issues.create, {
    workspace,
    title: "Open it",
    projectId: project.id,
    assignee: { type: "agent", id: agent.id },
  });
}

describe("directories of a project", () => {
  it("the owner of a machine names one; others see that, but not whose home it lies in", async () => {
    const named = await name(test.bob);
    const directory = {
      daemonId: machine.daemonId,
      machineName: "Bob's machine",
      owner: { id: test.bob.userId, name: "Bob" },
      path: "/home/bob/door",
      mode: "worktree",
    };
    expect(named.directories).toEqual([directory]);
    expect(named.revision).toBe(project.revision + 1);
    const seen = await test.alice.call(projects.get, { workspace, projectId: project.id });
    expect(seen.directories).toEqual([{ ...directory, path: "~/door" }]);
    const { items } = await test.alice.call(projects.list, { workspace });
    expect(items[0]?.directories).toEqual(seen.directories);
  });

  it("there is one per machine, and saying the same again changes nothing", async () => {
    const first = await name(test.bob);
    expect((await name(test.bob)).revision).toBe(first.revision);
    const second = await name(test.bob, { path: "/srv/door/", mode: "in_place" });
    expect(second.directories).toMatchObject([{ path: "/srv/door", mode: "in_place" }]);
    expect(second.revision).toBe(first.revision + 1);
  });

  it("nobody names a directory of somebody else's machine, and agents name none", async () => {
    await expect(name(test.alice)).rejects.toMatchObject({
      code: "forbidden",
      reason: "role_required",
    });
    await enqueue();
    const [task] = await machine.claim();
    const asAgent = test.callAs(task?.token ?? "", projects.setDirectory, {
      workspace,
      projectId: project.id,
      daemonId: machine.daemonId,
      path: "/srv/door",
      mode: "in_place",
    });
    await expect(asAgent).rejects.toMatchObject({ reason: "human_required" });
  });

  it("the owner and admins take it away, other members do not", async () => {
    await name(test.bob);
    const carol = await test.addPerson("Carol");
    await expect(remove(carol)).rejects.toMatchObject({ code: "forbidden" });
    expect((await remove(test.alice)).directories).toEqual([]);
    await expect(remove(test.bob)).rejects.toMatchObject({ code: "not_found" });
    await name(test.bob);
    expect((await remove(test.bob)).directories).toEqual([]);
  });

  it("machines and projects that are not there are not found", async () => {
    const daemonId = newId<DaemonId>();
    await expect(name(test.bob, { daemonId })).rejects.toMatchObject({ code: "not_found" });
    await test.alice.call(projects.delete, { workspace, projectId: project.id });
    await expect(name(test.bob)).rejects.toMatchObject({ code: "not_found" });
  });

  it.each(["/", "/etc/nginx", "/home", "/home/bob", "/home/bob/../bob", "/tmp", "/usr/local"])(
    "%s is refused",
    async (path) => {
      await expect(name(test.bob, { path })).rejects.toMatchObject({
        code: "invalid",
        reason: "directory.refused",
      });
    },
  );

  it("INV-61 a machine that cannot work in directories, or beside them, is not given one", async () => {
    const old = await createTestMachine(test, test.bob, { capabilities: ["worktree"] });
    await expect(name(test.bob, { daemonId: old.daemonId })).rejects.toMatchObject({
      reason: "directory.unsupported",
    });
    const plain = await createTestMachine(test, test.bob, { capabilities: ["local_directory"] });
    await expect(name(test.bob, { daemonId: plain.daemonId })).rejects.toMatchObject({
      reason: "directory.unsupported",
    });
    await name(test.bob, { daemonId: plain.daemonId, mode: "in_place" });
  });

  describe("on a machine that looks at what is named", () => {
    const looking = [...able, "directory_check"];
    /** Who asks the machine hears this from it; null is no objection. */
    async function machineThatSays(problem: string | null, answersAs?: TestMachine) {
      const named = await createTestMachine(test, test.bob, { capabilities: looking });
      const asked: unknown[] = [];
      test.app.signals.on((signal) => {
        if (signal.topic !== "directory-check" || signal.daemonId !== named.daemonId) return;
        const { checkId, path, mode } = signal;
        asked.push({ path, mode });
        const { token } = answersAs ?? named;
        void test.callAs(token, daemon.answerDirectoryCheck, { checkId, problem });
        if (answersAs) {
          void test.callAs(named.token, daemon.answerDirectoryCheck, { checkId, problem: null });
        }
      });
      return { ...named, asked };
    }

    it("the folder is refused in the machine's own words, and nothing is stored", async () => {
      const { daemonId, asked } = await machineThatSays("There is no directory ~/dor here.");
      await expect(name(test.bob, { daemonId, path: "/home/bob/dor/" })).rejects.toMatchObject({
        code: "invalid",
        reason: "directory.refused",
        message: "There is no directory ~/dor here.",
      });
      expect(asked).toEqual([{ path: "/home/bob/dor", mode: "worktree" }]);
      const seen = await test.bob.call(projects.get, { workspace, projectId: project.id });
      expect(seen).toMatchObject({ directories: [], revision: project.revision });
    });

    it("the folder is taken when the machine has nothing against it", async () => {
      const { daemonId } = await machineThatSays(null);
      expect((await name(test.bob, { daemonId })).directories).toMatchObject([{ daemonId }]);
    });

    it("a machine answers for itself only, and only its owner has it asked", async () => {
      const { daemonId, asked } = await machineThatSays("Not here.", machine);
      await expect(name(test.alice, { daemonId })).rejects.toMatchObject({ code: "forbidden" });
      expect(asked).toEqual([]);
      expect((await name(test.bob, { daemonId })).directories).toMatchObject([{ daemonId }]);
    });

    it("one that is off is not asked: it finds out when it runs a task", async () => {
      const { daemonId, asked, token } = await machineThatSays("Not here.");
      await test.callAs(token, daemon.deregister, { reason: "bye" });
      expect((await name(test.bob, { daemonId })).directories).toMatchObject([{ daemonId }]);
      expect(asked).toEqual([]);
    });
  });

  it("goes with the person whose machine it is on", async () => {
    await name(test.bob);
    await test.alice.call(members.remove, { workspace, memberId: test.bob.userId });
    const seen = await test.alice.call(projects.get, { workspace, projectId: project.id });
    expect(seen.directories).toEqual([]);
  });
});

describe("tasks of a project with a directory", () => {
  it("are told to run there, and that its repositories are not checked out", async () => {
    await name(test.bob);
    await enqueue();
    const [task] = await machine.claim();
    expect(task?.directory).toEqual({ path: "/home/bob/door", mode: "worktree" });
    expect(task?.brief).toContain("your own worktree of a person's repository");
    expect(task?.brief).toContain("headcount repo checkout https://git.test/door.git");
  });

  it("run in a folder of Headcount on every other machine", async () => {
    const other = await createTestMachine(test, test.alice, { capabilities: able });
    await name(test.alice, { daemonId: other.daemonId });
    await enqueue();
    const [task] = await machine.claim();
    expect(task?.directory).toBeNull();
  });

  it("INV-61 are cancelled with the reason when the daemon has become unable, never run elsewhere", async () => {
    await name(test.bob);
    await enqueue();
    const unable = await createTestMachine(test, test.bob, {
      daemonId: machine.daemonId,
      capabilities: ["resume"],
    });
    expect(await unable.claim()).toEqual([]);
    const { items } = await test.bob.call(tasks.list, { workspace });
    expect(items).toMatchObject([
      {
        status: "cancelled",
        error:
          "The daemon on Bob's machine cannot work in a worktree of the project's directory. Update Headcount on that machine or change the project's directory, then run the task again.",
      },
    ]);
  });
});
