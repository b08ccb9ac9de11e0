import { describe, expect, it } from "vitest";
import { RepositoryUrl } from "../projects/schemas.ts";
import { WorkspaceRepository } from "../workspaces/schemas.ts";
import { holdsPassword } from "./holds-password.ts";

describe("addresses of repositories", () => {
  it.each([
    ["https://me:secret@example.test/x.git", true],
    ["HTTPS://:secret@example.test/x.git", true],
    ["ssh://git:secret@example.test:22/x.git", true],
    ["https://example.test:8443/x.git", false],
    ["https://example.test/a:b@c", false],
    ["ssh://git@example.test:22/x.git", false],
    ["git@example.test:group/x.git", false],
    ["/srv/git/x:y@z.git", false],
  ])("%s holds a password: %s", (url, holds) => {
    expect(holdsPassword(url)).toBe(holds);
    expect(RepositoryUrl.safeParse(url).success).toBe(!holds);
    expect(WorkspaceRepository.safeParse({ url }).success).toBe(!holds);
  });
});
