import { describe, expect, it } from "vitest";
import { parseGitHubFolder, readGitHubFolder } from "./read-git-host.ts";

describe("a folder on GitHub", () => {
  it.each([
    ["https://github.com/acme/tools", { owner: "acme", repository: "tools", ref: null, path: "" }],
    [
      "https://github.com/acme/tools.git",
      { owner: "acme", repository: "tools", ref: null, path: "" },
    ],
    [
      "https://github.com/acme/tools/tree/main/skills/pdf%20forms/",
      { owner: "acme", repository: "tools", ref: "main", path: "skills/pdf forms" },
    ],
    [
      "https://github.com/acme/tools/blob/v1/skills/pdf/SKILL.md",
      { owner: "acme", repository: "tools", ref: "v1", path: "skills/pdf" },
    ],
    ["https://github.com/acme/tools/blob/v1/README.md", null],
    ["https://github.com/acme", null],
    ["https://example.com/acme/tools", null],
  ])("%s", (address, folder) => expect(parseGitHubFolder(address)).toEqual(folder));

  const tree = (items: readonly object[], truncated = false): Buffer =>
    Buffer.from(JSON.stringify({ sha: "x", truncated, tree: items }));
  const blob = { type: "blob", mode: "100644", size: 5 };

  it("reads the list first, then each file of the folder", async () => {
    const asked: string[] = [];
    const read = async (address: string): Promise<Buffer> => {
      asked.push(address);
      if (!address.includes("api.github.com")) return Buffer.from(`text of ${address.slice(-9)}`);
      return tree([
        { ...blob, path: "README.md" },
        { path: "skills/pdf", type: "tree", mode: "040000" },
        { ...blob, path: "skills/pdf/SKILL.md" },
        { ...blob, path: "skills/pdf/a b.py", mode: "100755" },
        { ...blob, path: "skills/pdfs/SKILL.md" },
      ]);
    };
    const folder = { owner: "acme", repository: "tools", ref: "main", path: "skills/pdf" };
    const skill = await readGitHubFolder(read, folder);
    expect(asked).toEqual([
      "https://api.github.com/repos/acme/tools/git/trees/main?recursive=1",
      "https://raw.githubusercontent.com/acme/tools/main/skills/pdf/SKILL.md",
      "https://raw.githubusercontent.com/acme/tools/main/skills/pdf/a%20b.py",
    ]);
    expect(skill.files.map(({ path, executable }) => [path, executable])).toEqual([
      ["a b.py", true],
    ]);
    expect(skill.folder).toBe("pdf");
  });

  it.each([
    [
      "a link",
      [
        { ...blob, path: "SKILL.md" },
        { ...blob, path: "x", mode: "120000" },
      ],
      /is a link/,
    ],
    [
      "too much",
      [
        { ...blob, path: "SKILL.md" },
        { ...blob, path: "x", size: 2e6 },
      ],
      /1 MiB/,
    ],
    [
      "case twins",
      [
        { ...blob, path: "SKILL.md" },
        { ...blob, path: "x" },
        { ...blob, path: "X" },
      ],
      /one file/,
    ],
    ["no skill", [{ ...blob, path: "skills/pdf/SKILL.md" }], /such as skills\/pdf/],
  ])("downloads no file when the list shows %s", async (_, items, message) => {
    let downloads = 0;
    const read = async (address: string): Promise<Buffer> => {
      if (address.includes("api.github.com")) return tree(items);
      downloads += 1;
      return Buffer.alloc(1);
    };
    const folder = { owner: "acme", repository: "tools", ref: null, path: "" };
    await expect(readGitHubFolder(read, folder)).rejects.toThrow(message);
    expect(downloads).toBe(0);
  });
});
