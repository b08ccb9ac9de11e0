import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lendFiles, takeBackFiles } from "./lent-files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "lent-files-"));
  mkdirSync(place().workDirectory);
});
afterEach(() => rmSync(root, { recursive: true }));

const place = () => ({ workDirectory: join(root, "work"), privateDirectory: join(root, "home") });
const folder = (): string => join(root, "work", ".made");
const files = (text: string) => [
  { path: join(folder(), ".gitignore"), text: "/servers.json\n" },
  { path: join(folder(), "servers.json"), text },
];

describe("files of one run", () => {
  it("are their owner's only, and go with the folders that were made for them", () => {
    const path = join(place().privateDirectory, "mcp", "servers.json");
    const takeBack = lendFiles([...files("{}"), { path, text: "secret" }], place());
    expect(readFileSync(path, "utf8")).toBe("secret");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    takeBack();
    expect(existsSync(join(place().privateDirectory, "mcp"))).toBe(false);
    expect(existsSync(folder())).toBe(false);
    takeBack();
  });

  it("never take the place of the project's own", () => {
    mkdirSync(folder());
    const theirs = join(folder(), "servers.json");
    writeFileSync(theirs, "theirs");
    expect(() => lendFiles(files("ours"), place())).toThrow(`${theirs} belongs to the project`);
    expect(readFileSync(theirs, "utf8")).toBe("theirs");
    expect(existsSync(join(folder(), ".gitignore"))).toBe(false);
  });

  it("take the place of what a killed run has left", () => {
    lendFiles(files("of a run that was killed"), place());
    const takeBack = lendFiles(files("of the next"), place());
    expect(readFileSync(join(folder(), "servers.json"), "utf8")).toBe("of the next");
    takeBack();
    expect(existsSync(folder())).toBe(false);
  });

  it("of a killed run are taken back, and none of the project's", () => {
    const path = join(place().privateDirectory, "mcp", "servers.json");
    const lent = [...files("of a run that was killed"), { path, text: "secret" }];
    lendFiles(lent, place());
    const named = lent.map((file) => ({
      ...file,
      text: file.path.endsWith("json") ? "{}" : file.text,
    }));
    takeBackFiles(named, place());
    expect([existsSync(path), existsSync(folder())]).toEqual([false, false]);
    mkdirSync(folder());
    writeFileSync(join(folder(), "servers.json"), "theirs");
    takeBackFiles(named, place());
    expect(readFileSync(join(folder(), "servers.json"), "utf8")).toBe("theirs");
  });
});
