import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { GitError } from "../runs/git.ts";
import { makePersonRepository } from "./person.fixture.ts";
import { openPersonRepository } from "./person-repository.ts";

test("a look at a repository that is cut short says nothing about the folder", async () => {
  await using temporary = await temporaryDirectory({ prefix: "hcd" });
  const repository = path.join(temporary.path, "repository");
  await makePersonRepository(repository);
  const look = openPersonRepository(repository, AbortSignal.abort());
  await expect(look).rejects.toBeInstanceOf(GitError);
});
