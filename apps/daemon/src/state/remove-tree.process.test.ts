import { spawnSync } from "node:child_process";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { isThere } from "./is-there.ts";

const module = path.join(import.meta.dirname, "remove-tree.ts");

/** Root may empty any folder, so from root it is tried where its rights do not count. */
function removeWithoutRootsRights(directory: string): string {
  const code = `
    import { removeTree } from ${JSON.stringify(module)};
    await removeTree(process.argv[1]);`;
  const asNobody = ["unshare", "--user", "--map-user=1000", "--map-group=1000"];
  const prefix = process.getuid?.() === 0 ? asNobody : [];
  const command = [...prefix, process.execPath, "--input-type=module", "-e", code, directory];
  const [program = "", ...rest] = command;
  return spawnSync(program, rest, { encoding: "utf8" }).stderr;
}

test("removes folders that may not be written to, and nothing that links lead to", async () => {
  await using temporary = await temporaryDirectory({ prefix: "hcd" });
  const cache = path.join(temporary.path, "cache");
  const locked = path.join(cache, "module", "source");
  const outside = path.join(temporary.path, "outside");
  await mkdir(locked, { recursive: true });
  await mkdir(outside);
  await writeFile(path.join(locked, "go.mod"), "");
  await writeFile(path.join(outside, "kept"), "");
  await symlink(outside, path.join(locked, "link"));
  for (const folder of [locked, path.dirname(locked), outside]) await chmod(folder, 0o555);

  expect(removeWithoutRootsRights(cache)).toBe("");

  expect(await isThere(cache)).toBe(false);
  expect(await isThere(path.join(outside, "kept"))).toBe(true);
});

test("takes it that nothing is there", async () => {
  await using temporary = await temporaryDirectory({ prefix: "hcd" });
  expect(removeWithoutRootsRights(path.join(temporary.path, "nothing"))).toBe("");
});
