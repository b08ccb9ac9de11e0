import { mkdir, realpath, writeFile } from "node:fs/promises";
import path from "node:path";
import { daemon } from "@headcount/contract/daemon/routes";
import type { DirectoryMode } from "@headcount/contract/projects/directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { startTestDaemon } from "../testing/test-daemon.fixture.ts";
import { makePersonRepository } from "./person.fixture.ts";

test("a daemon says what is wrong with a folder as soon as somebody names it", async () => {
  await using it = await startTestDaemon();
  const { server } = it;
  const answers = new Map<string, string | null>();
  server.intercept = (route, { body }) => {
    const [head, checkId] = route.split("/");
    if (head !== "directory-checks" || checkId === undefined) return null;
    answers.set(
      checkId,
      daemon.answerDirectoryCheck.input.parse({ checkId, ...Object(body) }).problem,
    );
    return { body: {} };
  };
  const say = async (folder: string, mode: DirectoryMode): Promise<string | null> => {
    const checkId = crypto.randomUUID();
    server.hint({ type: "check_directory", checkId, path: folder, mode });
    await waitFor(() => answers.has(checkId), { timeoutMs: 40_000, describe: "an answer" });
    return answers.get(checkId) ?? null;
  };
  await waitFor(() => it.daemon.status().socketOpen, { timeoutMs: 40_000, describe: "a socket" });
  const folder = await realpath(it.folder);
  const [repository, plain] = ["repository", "plain"].map((name) => path.join(folder, name));
  await makePersonRepository(repository ?? "");
  await mkdir(plain ?? "");
  await writeFile(path.join(folder, "file"), "");

  expect(await say(repository ?? "", "worktree")).toBeNull();
  expect(await say(plain ?? "", "in_place")).toBeNull();
  expect(await say(plain ?? "", "worktree")).toContain("is not a Git repository");
  expect(await say(path.join(repository ?? "", "src"), "worktree")).toContain(
    "lies inside of the repository",
  );
  expect(await say(path.join(folder, "nothing"), "in_place")).toContain("There is no directory");
  expect(await say(path.join(folder, "file"), "in_place")).toContain("is not a directory");
  expect(await say(it.paths.root, "in_place")).toContain("holds files of Headcount itself");
});
