import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { commitIdentity } from "./commit-identity.ts";
import { git } from "./git.ts";

async function folderWith(settings: string): Promise<AsyncDisposable & { readonly path: string }> {
  const folder = await temporaryDirectory();
  await git(folder.path, ["init", "--quiet", folder.path]);
  await writeFile(path.join(folder.path, ".gitconfig"), settings);
  return folder;
}

const identity = (role: string, name: string, email: string): Record<string, string> => ({
  [`GIT_${role}_NAME`]: name,
  [`GIT_${role}_EMAIL`]: email,
});

test("an agent commits in the name of the person whose machine it is", async () => {
  await using folder = await folderWith(
    "[user]\nname = Grace Hopper\nemail = grace@example.test\n",
  );
  const environment = { HOME: folder.path };
  expect(await commitIdentity(folder.path, "Ada", environment)).toEqual({
    ...identity("AUTHOR", "Grace Hopper", "grace@example.test"),
    ...identity("COMMITTER", "Grace Hopper", "grace@example.test"),
  });
  // The repository knows better, and a variable of the daemon best.
  await git(folder.path, ["config", "user.email", "grace@work.test"]);
  const given = { ...environment, GIT_AUTHOR_NAME: "Robot" };
  expect(await commitIdentity(folder.path, "Ada", given)).toEqual({
    ...identity("AUTHOR", "Robot", "grace@work.test"),
    ...identity("COMMITTER", "Grace Hopper", "grace@work.test"),
  });
});

test("where git would have to guess, an agent commits in its own name", async () => {
  await using folder = await folderWith("[user]\nname = Nobody\n");
  const own = await commitIdentity(folder.path, "Ada <3\n", { HOME: folder.path });
  expect(own).toEqual({
    ...identity("AUTHOR", "Ada  3", "agent@headcount.invalid"),
    ...identity("COMMITTER", "Ada  3", "agent@headcount.invalid"),
  });
  const subject = ["commit", "--quiet", "--allow-empty", "-m", "first"];
  await git(folder.path, subject, undefined, { HOME: folder.path, ...own });
  expect(await git(folder.path, ["show", "-s", "--format=%an <%ae>"])).toBe(
    "Ada  3 <agent@headcount.invalid>",
  );
});
