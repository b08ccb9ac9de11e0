import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalFolder } from "./canonical-folder.ts";
import { findPathClash } from "./find-path-clash.ts";
import { foldName } from "./fold-name.ts";
import { folderNames } from "./folder-names.ts";
import { freeSkillName } from "./free-skill-name.ts";
import { renderSkillDocument } from "./render-skill-document.ts";
import { skillPathProblem } from "./skill-path.ts";

const key = "0190f3a0-0000-7000-8000-0000deadbeef";

describe("names of skills and their folders", () => {
  it.each([
    ["Code Review", "code-review"],
    ["  --Déjà vu!-- ", "deja-vu"],
    ["ＰＤＦ", "pdf"],
    ["a/../b", "a-b"],
    ["代码审查", "skill-deadbeef"],
    ["x".repeat(100), "x".repeat(64)],
    [`${"x".repeat(63)} y`, "x".repeat(63)],
  ])("INV-60 %j is the folder %s", (name, folder) => {
    expect(canonicalFolder({ name, key })).toBe(folder);
  });

  const names = fc.array(
    fc.oneof(
      fc.constantFrom(
        "review",
        "Review",
        "REVIEW",
        "ｒｅｖｉｅｗ",
        "Révièw",
        "Re\u0301view",
        "review-2",
        "ß",
        "SS",
      ),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 70 }),
    ),
    { maxLength: 12 },
  );

  it("INV-60 no two folders are the same for any file system, and none was there before", () => {
    fc.assert(
      fc.property(names, names, (wanted, taken) => {
        const skills = wanted.map((name, index) => ({ name, key: `${key}${index}` }));
        const folders = folderNames(skills, taken);
        const all = [...new Set(taken.map(foldName)), ...folders.map(foldName)];
        expect(new Set(all).size).toBe(all.length);
        for (const folder of folders)
          expect(folder).toMatch(/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(folderNames(skills, taken)).toEqual(folders);
      }),
    );
  });

  it("finds another name at most fifty times", () => {
    expect(freeSkillName("Review", (name) => name === "Review (2)")).toBe("Review (3)");
    const tried: string[] = [];
    expect(freeSkillName("Review", (name) => tried.push(name) > 0)).toBeNull();
    expect(tried).toHaveLength(50);
    expect(freeSkillName("😀".repeat(32), () => false)?.isWellFormed()).toBe(true);
  });
});

describe("paths inside of a skill", () => {
  it.each(["a.md", "scripts/run.sh", "参考/说明.md", ".env.example", "a/b/c/d.json"])(
    "takes %j",
    (path) => expect(skillPathProblem(path)).toBeNull(),
  );

  it.each([
    "",
    "/etc/passwd",
    "../up",
    "a/../../up",
    "a//b",
    "./a",
    "a/.",
    "C:/a",
    "c:a",
    "a\\b",
    "a\u0000b",
    "a\u202Eb",
    "a\nb",
    "\uD800",
    "aux",
    "docs/NUL.txt",
    "a.",
    "a /b",
    "a?.md",
    "SKILL.md",
    "skill.MD",
    "ＳＫＩＬＬ.md",
    ".git/config",
    "a/.GIT/hooks/x",
    "a/".repeat(12) + "a",
    "x".repeat(301),
  ])("refuses %j", (path) => expect(skillPathProblem(path)).not.toBeNull());

  it("finds files that would be one where case or spelling is ignored, or file and folder", () => {
    expect(findPathClash(["a.md", "b/a.md", "b/c"])).toBeNull();
    expect(findPathClash(["a.md", "A.MD"])).toEqual(["a.md", "A.MD"]);
    expect(findPathClash(["\u00E9", "e\u0301"])).toEqual(["\u00E9", "e\u0301"]);
    expect(findPathClash(["lib/x", "LIB"])).toEqual(["LIB", "lib/x"]);
  });
});

describe("renderSkillDocument", () => {
  it("names the folder and keeps the rest of the front matter", () => {
    const skill = {
      description: 'Say "hi": # not a comment',
      frontMatter: "license: MIT\n",
      instructions: "# Do it\n\n",
    };
    expect(renderSkillDocument(skill, "do-it-2")).toBe(
      '---\nname: do-it-2\ndescription: "Say \\"hi\\": # not a comment"\nlicense: MIT\n---\n\n# Do it\n',
    );
  });
});
