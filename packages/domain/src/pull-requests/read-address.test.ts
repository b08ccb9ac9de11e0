import { expect, it } from "vitest";
import { readAddress } from "./read-address.ts";

it.each([
  ["https://github.com/acme/web/pull/12", "acme/web"],
  ["https://GitHub.com:443/acme/web/pull/12/files?w=1#diff-1", "acme/web"],
  ["https://me:secret@git.example/acme/web/pulls/12/", "acme/web"],
  ["https://gitlab.example/group/sub/web/-/merge_requests/12/diffs", "group/sub/web"],
  ["https://gitlab.example/group/web/merge_requests/12", "group/web"],
  ["https://bitbucket.org/acme/web/pull-requests/12", "acme/web"],
  ["http://forge.local:3000/acme/pull/pull/12", "acme/pull"],
  ["https://dev.azure.example/org/project/_git/web/pullrequest/12", "org/project/_git/web"],
])("%s is number 12 of %s", (address, repository) => {
  const read = readAddress(address);
  expect(read).toMatchObject({ repository, number: 12 });
  expect(read?.url).toMatch(/\/12$/);
  expect(read?.url).not.toMatch(/secret|\?|#|files|diffs/);
  expect(readAddress(read?.url ?? "")).toEqual(read);
});

it("takes an address of another form as it is", () => {
  expect(readAddress("https://code.example/changes/12/?x")).toEqual({
    url: "https://code.example/changes/12",
    repository: null,
    number: null,
  });
  expect(readAddress("https://github.com/acme/web/pull/99999999999")?.number).toBeNull();
});

it.each(["javascript:alert(1)//a/b/pull/1", "ftp://github.com/a/b/pull/1", "acme/web#12", ""])(
  "%s is no page",
  (address) => {
    expect(readAddress(address)).toBeNull();
  },
);
