import { existsSync, readFileSync } from "node:fs";
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, test } from "vitest";
import { cliSpecs } from "@headcount/agent-drivers/clis/cli-specs";
import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import { renderSkills } from "@headcount/domain/briefs/render-skills";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { git } from "../runs/git.ts";
import { directoriesAt, type RunDirectories } from "../runs/run-directories.ts";
import { startTestDaemon } from "../testing/test-daemon.fixture.ts";
import { bundleTimeoutMs } from "./bundle-cache.ts";
import { type FetchedSkill, placeSkills, removeSkills } from "./place-skills.ts";
import { makeSkill, type Made } from "./skill.fixture.ts";

const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];

function specOf(id: string): CliSpec {
  const spec = cliSpecs.find((candidate) => candidate.id === id);
  if (!spec) throw new Error(`There is no row ${id}`);
  return spec;
}

/** Every file below a folder with its content and mode, links as such. */
async function snapshot(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const { mode } = await lstat(file);
    const content = entry.isFile() ? await readFile(file, "base64") : entry.isDirectory();
    found[path.relative(folder, file)] = `${mode.toString(8)} ${content}`;
  }
  return found;
}

type Place = {
  readonly directories: RunDirectories;
  place(spec: CliSpec, skills: readonly FetchedSkill[]): ReturnType<typeof placeSkills>;
};

async function placeIn(folder: string): Promise<Place> {
  const directories = directoriesAt(path.join(folder, "root"));
  for (const made of [directories.work, directories.home]) await mkdir(made, { recursive: true });
  const environment = { HOME: path.join(folder, "person") };
  return {
    directories,
    place: (spec, skills) => placeSkills({ spec, directories, environment }, skills),
  };
}

describe("skills in a work directory", () => {
  it("INV-60 never touch the repository's own, are in no status and no commit, and leave no trace", async () => {
    await using directory = await temporaryDirectory();
    const { directories, place } = await placeIn(directory.path);
    const { work, root } = directories;
    await git(root, ["init", "--quiet", "-b", "main", work]);
    const own = path.join(work, ".claude/skills");
    await mkdir(path.join(own, "Review"), { recursive: true });
    await writeFile(path.join(own, "Review/SKILL.md"), "ours");
    await git(work, ["add", "."]);
    await git(work, [...identity, "commit", "--quiet", "-m", "first"]);
    await mkdir(path.join(own, "draft"));
    await writeFile(path.join(own, "draft/SKILL.md"), "not committed yet");
    const before = [await snapshot(work), await git(work, ["status", "--porcelain"])];

    const skills = [makeSkill("review"), makeSkill("Draft"), makeSkill("PDF forms")];
    const placed = await place(specOf("claude"), skills);
    expect(placed.map(({ name, document }) => [name, document])).toEqual([
      ["review-2", ".claude/skills/review-2/SKILL.md"],
      ["draft-2", ".claude/skills/draft-2/SKILL.md"],
      ["pdf-forms", ".claude/skills/pdf-forms/SKILL.md"],
    ]);
    const document = await readFile(path.join(own, "pdf-forms/SKILL.md"), "utf8");
    expect(document).toBe(
      '---\nname: pdf-forms\ndescription: "About PDF forms."\nlicense: MIT\n---\n\nDo it well.\n',
    );
    expect(await readFile(path.join(own, "pdf-forms/logo.bin"))).toEqual(Buffer.from([0, 255, 1]));
    expect((await stat(path.join(own, "pdf-forms/scripts/run.sh"))).mode & 0o111).not.toBe(0);
    expect(await git(work, ["status", "--porcelain"])).toBe(before[1]);
    await git(work, ["add", "-A"]);
    expect(await git(work, ["diff", "--cached", "--name-only"])).toBe(
      ".claude/skills/draft/SKILL.md",
    );
    await git(work, ["reset", "--quiet"]);

    await removeSkills(root);
    expect([
      await snapshot(work).then(withoutIndex),
      await git(work, ["status", "--porcelain"]),
    ]).toEqual([withoutIndex(before[0] as Record<string, string>), before[1]]);
    expect(existsSync(path.join(root, ".skills.json"))).toBe(false);
  });

  it("INV-60 are refreshed in place, also after a run that was killed, and named the same again", async () => {
    await using directory = await temporaryDirectory();
    const { directories, place } = await placeIn(directory.path);
    const first = await place(specOf("claude"), [makeSkill("review", "One."), makeSkill("gone")]);
    const folder = path.join(directories.work, ".claude/skills");
    await writeFile(path.join(folder, "review/left-by-the-run.txt"), "x");
    const second = await place(specOf("claude"), [makeSkill("review", "Two.")]);
    expect(second[0]?.document).toBe(first[0]?.document);
    expect(await readdir(folder)).toEqual(["review"]);
    expect(await readFile(path.join(folder, "review/SKILL.md"), "utf8")).toContain("Two.");
    expect(await readdir(path.join(folder, "review"))).not.toContain("left-by-the-run.txt");
    expect(renderSkills(second)).toBe(
      renderSkills(await place(specOf("claude"), [makeSkill("review", "Two.")])),
    );
    await removeSkills(directories.root);
    expect(await readdir(directories.work)).toEqual([]);
  });

  it("INV-60 leave folders alone that a run has made beside them or copied from them", async () => {
    await using directory = await temporaryDirectory();
    const { directories, place } = await placeIn(directory.path);
    await place(specOf("claude"), [makeSkill("review")]);
    const folder = path.join(directories.work, ".claude/skills");
    await mkdir(path.join(folder, "copied"));
    await writeFile(
      path.join(folder, "copied/.gitignore"),
      await readFile(path.join(folder, "review/.gitignore")),
    );
    await place(specOf("claude"), [makeSkill("other")]);
    expect((await readdir(folder)).toSorted()).toEqual(["copied", "other"]);
    await removeSkills(directories.root);
    expect(await readdir(folder)).toEqual(["copied"]);
  });

  it("INV-60 are never written through a link that the repository brings along", async () => {
    await using directory = await temporaryDirectory();
    const { directories, place } = await placeIn(directory.path);
    const person = path.join(directory.path, "person/.claude");
    await mkdir(path.join(person, "skills/mine"), { recursive: true });
    await symlink(person, path.join(directories.work, ".claude"));
    const before = await snapshot(person);
    const [placed] = await place(specOf("claude"), [makeSkill("review")]);
    expect(placed?.document).toBe(path.join(directories.root, "skills/review/SKILL.md"));
    expect(existsSync(placed?.document ?? "")).toBe(true);
    expect(await snapshot(person)).toEqual(before);
    await removeSkills(directories.root);
    expect(existsSync(path.join(directories.root, "skills"))).toBe(false);
  });

  it.each(cliSpecs.map((spec) => [spec.id, spec] as const))(
    "INV-60 stand where %s looks for them, and nowhere afterwards",
    async (_, spec) => {
      await using directory = await temporaryDirectory();
      const { directories, place } = await placeIn(directory.path);
      const { privateHome, skillsDirectory, skillsIn } = spec.context;
      const own = path.join(directory.path, "person", privateHome?.own ?? ".none");
      await mkdir(path.join(own, "skills/review"), { recursive: true });
      const ownText = "the person's own";
      await writeFile(path.join(own, "skills/review/SKILL.md"), ownText);
      await writeFile(path.join(own, "login.json"), "{}");
      const before = await snapshot(own);
      const isPrivate = skillsIn === "private-home";
      const base = isPrivate
        ? path.join(directories.home, privateHome?.folder ?? "", skillsDirectory)
        : path.join(directories.work, skillsDirectory);
      const [placed] = await place(spec, [makeSkill("review")]);
      const name = isPrivate ? "review-2" : "review";
      const document = path.resolve(directories.work, placed?.document ?? "");
      expect(document).toBe(path.join(base, name, "SKILL.md"));
      expect(readFileSync(document, "utf8")).toContain(`name: ${name}\n`);
      // A private home shows the person's own skills beside ours, by a link.
      const seen = isPrivate ? readFileSync(path.join(base, "review/SKILL.md"), "utf8") : ownText;
      expect(seen).toBe(ownText);
      await removeSkills(directories.root);
      expect(existsSync(path.dirname(document))).toBe(false);
      expect(await snapshot(own)).toEqual(before);
    },
  );
});

/** Git's own files change with every look at them. */
function withoutIndex(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !name.startsWith(".git/")));
}

describe("bundles", () => {
  it("INV-64 may take longer the larger they are, between half a minute and five", () => {
    expect(bundleTimeoutMs(0)).toBe(30_000);
    expect(bundleTimeoutMs(1024 * 1024)).toBe(62_768);
    expect(bundleTimeoutMs(11 * 1024 * 1024)).toBe(300_000);
  });

  test("INV-64 a run gets its skills, each fetched once by hash, and reads them where its brief says", async () => {
    await using it = await startTestDaemon();
    const { server } = it;
    const made = makeSkill("House rules", "Always say please.");
    server.bundles.set(made.skill.hash, made.body);
    const asked: string[] = [];
    server.intercept = (called) => {
      if (called.startsWith("skills/")) asked.push(called);
      return null;
    };
    const runs = [1, 2];
    for (const run of runs) {
      server.queue.push(server.task("skill", { skills: [made.skill] }));
      await waitFor(() => server.recordsOf("terminal").length === run, {
        timeoutMs: 40_000,
        describe: "the end",
      });
    }
    for (const end of server.recordsOf("terminal")) {
      expect(end).toMatchObject({ status: "completed", failureReason: null });
      expect(end.answer).toContain("name: house-rules");
      expect(end.answer).toContain("Always say please.");
    }
    expect(asked).toEqual([`skills/${made.skill.hash}`]);
    for (const start of server.starts) {
      await waitFor(() => !existsSync(path.join(start.workDirectory, ".claude")), {
        timeoutMs: 40_000,
        describe: "a clean folder",
      });
      expect(await readdir(start.workDirectory)).toEqual([]);
    }
  });

  test("INV-64 one that is missing or not what was announced fails its run alone, to be tried again", async () => {
    await using it = await startTestDaemon();
    const { server, paths } = it;
    const [good, forged, missing] = [makeSkill("good"), makeSkill("forged"), makeSkill("missing")];
    server.bundles.set(good.skill.hash, good.body);
    server.bundles.set(forged.skill.hash, `${forged.body} `);
    server.intercept = (called) =>
      called === `skills/${missing.skill.hash}`
        ? {
            status: 404,
            body: {
              code: "not_found",
              reason: "skill.not_found",
              message: "No such skill.",
              requestId: "r",
            },
          }
        : null;
    // A cached file that is not what its name says is fetched anew, one that nobody needed goes.
    await mkdir(paths.skills, { recursive: true });
    await writeFile(path.join(paths.skills, `${good.skill.hash}.json`), "{}");
    const old = path.join(paths.skills, `${"0".repeat(64)}.json`);
    await writeFile(old, "{}");
    await utimes(old, new Date(0), new Date(0));
    const of = ({ skill }: Made) => server.task("skill", { skills: [skill] });
    const [fine, bad, absent] = [of(good), of(forged), of(missing)];
    server.queue.push(bad, absent, fine);
    await waitFor(() => server.recordsOf("terminal").length === 3, {
      timeoutMs: 40_000,
      describe: "three ends",
    });
    const ends = new Map(
      server.records.flatMap((record) =>
        record.kind === "terminal" ? [[record.taskId, record.body] as const] : [],
      ),
    );
    expect(ends.get(fine.taskId)).toMatchObject({ status: "completed" });
    for (const task of [bad, absent]) {
      expect(ends.get(task.taskId)).toMatchObject({
        status: "failed",
        failureReason: "skill_bundle_unavailable",
      });
    }
    expect(await readdir(paths.skills)).toEqual([`${good.skill.hash}.json`]);
  });
});
