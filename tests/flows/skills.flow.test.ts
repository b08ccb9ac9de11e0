import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments } from "@headcount/contract/issues/routes";
import { projects } from "@headcount/contract/projects/routes";
import { agentSkills, skillFiles, skills } from "@headcount/contract/skills/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { makeFakeClaude, type FakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { patientMs } from "@headcount/testkit/patience";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { createProductDatabase } from "../support/test-database.ts";

describe("an agent with a skill", () => {
  let database: Awaited<ReturnType<typeof createProductDatabase>>;
  let folder: TemporaryDirectory;
  let claude: FakeClaude;
  let product: Product;
  beforeAll(async () => {
    database = await createProductDatabase();
    folder = await temporaryDirectory({ prefix: "skill-" });
    claude = await makeFakeClaude(folder.path);
    product = await startProduct({
      databaseUrl: database.url,
      agentDirectories: [path.dirname(claude.executable)],
    });
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  const git = (directory: string, ...words: string[]): string =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@localhost", ...words], {
      cwd: directory,
      encoding: "utf8",
    }).trim();

  /** A repository that brings a skill of the same name along. */
  async function makeRepository(): Promise<string> {
    const repository = path.join(folder.path, "origin");
    const own = path.join(repository, ".claude/skills/house-rules");
    await mkdir(own, { recursive: true });
    await writeFile(path.join(own, "SKILL.md"), "the repository's own\n");
    git(repository, "init", "--quiet", "-b", "main");
    git(repository, "add", ".");
    git(repository, "commit", "--quiet", "-m", "first");
    return repository;
  }

  it(
    "INV-60 reads it beside the repository's own, runs its script, commits none of it, and on the next run has the newer one",
    { timeout: patientMs(120_000) },
    async () => {
      const repository = await makeRepository();
      const project = await product.call(projects.create, {
        workspace,
        title: "Website",
        repositories: [{ url: repository, ref: null }],
      });
      const skill = await product.call(skills.create, {
        workspace,
        name: "House rules",
        description: "How we write.",
        instructions: "Always say please.",
        files: [
          { path: "scripts/greet.sh", content: '#!/bin/sh\necho "script $1"\n', executable: true },
        ],
      });
      const agent = await product.createAgent("Ada", "claude");
      const place = { workspace, agentId: agent.id, skillId: skill.id };
      await product.call(agentSkills.bind, place);
      const mine = ".claude/skills/house-rules-2";
      await claude.setScript({
        model: "claude-sonnet-5",
        steps: [
          {
            run: [
              `(cat .claude/skills/house-rules/SKILL.md ${mine}/SKILL.md && ${mine}/scripts/greet.sh ran && cat .claude/skills/headcount/SKILL.md | head -3 && grep house-rules-2 CLAUDE.md && git status --porcelain) > "$TMPDIR/said.md"`,
              "echo work > made.txt && git add -A",
              'git -c user.name=A -c user.email=a@localhost commit --quiet -m "work"',
              'headcount issue comment add "$HEADCOUNT_ISSUE_KEY" --content-file "$TMPDIR/said.md" --allow-external-file',
            ].join(" && "),
          },
          { result: "done" },
        ],
      });
      const { issue, taskId } = await product.assign("Follow the rules", agent, {
        projectId: project.id,
      });
      const task = await product.taskEnded(taskId);
      expect(task).toMatchObject({ status: "completed", failureReason: null });
      const said = (await product.call(comments.list, { workspace, issue: issue.id })).items
        .filter((comment) => comment.author.type === "agent")
        .map((comment) => comment.body)
        .join("\n");
      expect(said).toContain("the repository's own");
      expect(said).toContain("name: house-rules-2");
      expect(said).toContain("Always say please.");
      expect(said).toContain("script ran");
      expect(said).toContain("name: headcount");
      expect(said).toContain(`\`${mine}/SKILL.md\``);
      expect(said).not.toContain("?? ");
      expect(task.skills).toEqual([
        { id: null, name: "headcount", hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
        { id: skill.id, name: "House rules", hash: skill.hash },
      ]);

      const root = await onlyFolder(path.join(product.daemonDirectory, "work"), 2);
      const work = path.join(root, "workdir");
      expect(git(work, "show", "--stat", "--name-only", "--format=", "HEAD")).toBe("made.txt");
      expect(git(work, "status", "--porcelain")).toBe("");
      expect(existsSync(path.join(work, mine))).toBe(false);
      expect(readFileSync(path.join(work, ".claude/skills/house-rules/SKILL.md"), "utf8")).toBe(
        "the repository's own\n",
      );

      const file = { workspace, skillId: skill.id, path: "scripts/greet.sh" };
      const newer = await product.call(skillFiles.write, {
        ...file,
        content: '#!/bin/sh\necho "newer $1"\n',
        executable: true,
      });
      await claude.setScript({
        model: "claude-sonnet-5",
        steps: [{ run: `${mine}/scripts/greet.sh run | grep -q newer` }, { result: "again" }],
      });
      const rerun = await product.call(tasks.rerun, { workspace, taskId });
      const second = await product.taskEnded(rerun.id);
      expect(second).toMatchObject({ status: "completed" });
      expect(second.skills?.map(({ hash }) => hash)).toContain(newer.hash);
    },
  );
});

/** The only folder so many steps below. */
async function onlyFolder(directory: string, steps: number): Promise<string> {
  if (steps === 0) return directory;
  const names = await readdir(directory);
  const [name] = names;
  if (name === undefined || names.length !== 1) throw new Error(`${directory}: ${names.join()}`);
  return onlyFolder(path.join(directory, name), steps - 1);
}
