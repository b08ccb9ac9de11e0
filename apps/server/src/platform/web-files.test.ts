import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountWebFiles } from "./web-files.ts";

describe("the files of the web app", () => {
  let directory: string;
  const site = new Hono();
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "web-files-"));
    await mkdir(path.join(directory, "web", "assets"), { recursive: true });
    await writeFile(path.join(directory, "secret.txt"), "outside");
    await writeFile(path.join(directory, "web", "index.html"), "<p>page</p>");
    await writeFile(path.join(directory, "web", "assets", "a.js"), "1");
    mountWebFiles(site, path.join(directory, "web"));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/assets/%2e%2e/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/%252e%252e/secret.txt",
    "/..\\secret.txt",
    "/..%5csecret.txt",
    "//secret.txt",
    "/%00/../secret.txt",
  ])("keeps everything else to itself: %s", async (wanted) => {
    // Through the raw path, because parsing a URL would resolve the dots before the site sees them.
    const request = new Request("http://headcount.test/");
    Object.defineProperty(request, "url", { value: `http://headcount.test${wanted}` });
    const reply = await site.fetch(request);
    expect(await reply.text()).not.toContain("outside");
  });

  it.each(["/", "/assets", "/assets/", "/acme/issues"])(
    "answers with the page at %s",
    async (at) => {
      const reply = await site.request(at);
      expect([reply.status, await reply.text()]).toEqual([200, "<p>page</p>"]);
      expect(reply.headers.get("cache-control")).toBe("no-cache");
    },
  );

  it("sends pages and files with the headers that keep foreign code and frames out", async () => {
    for (const wanted of ["/", "/acme/issues", "/assets/a.js"]) {
      const reply = await site.request(wanted);
      expect(reply.status).toBe(200);
      const policy = reply.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("connect-src 'self';");
      expect(reply.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });
});
