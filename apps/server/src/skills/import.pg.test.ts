import { createServer, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InputOf } from "@headcount/contract/kit/route";
import { skillFiles, skills } from "@headcount/contract/skills/routes";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";

const workspace = "acme";

type ZipEntry = {
  readonly path: string;
  readonly content: string | Buffer;
  readonly mode?: number;
};

async function zipOf(entries: readonly ZipEntry[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { path, content, mode = 0o100644 } of entries) {
    zip.addBuffer(Buffer.from(content), path, { mode, mtime: new Date(2026, 0) });
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** Writes another name of the same length over one; the library refuses to write unsafe names. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error("The names differ in length");
  return Buffer.from(zip.toString("latin1").replaceAll(from, to), "latin1");
}

const document = (name: string, text = "Do it."): ZipEntry => ({
  path: `${name}/SKILL.md`,
  content: `---\nname: ${name}\ndescription: About ${name}\nlicense: MIT\n---\n\n${text}\n`,
});

describe("import of skills", () => {
  let test: TestApp;
  let bob: TestPerson;
  let files: Server;
  let base = "";
  const served = new Map<
    string,
    { status?: number; headers?: Record<string, string>; body?: Buffer }
  >();
  const asked: string[] = [];

  beforeAll(async () => {
    files = createServer((request, response) => {
      asked.push(request.url ?? "");
      const reply = served.get(request.url ?? "") ?? { status: 404 };
      response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
    });
    await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
    const address = files.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    base = `http://127.0.0.1:${address.port}`;
    test = await createTestApp({ importHosts: [`127.0.0.1:${address.port}`] });
    bob = test.bob;
  });
  afterAll(async () => {
    files.close();
    await test[Symbol.asyncDispose]();
  });

  type Import = InputOf<typeof skills.import>;
  const importZip = (
    zip: Buffer,
    onConflict: Import["onConflict"] = "fail",
    by: TestPerson = bob,
  ) =>
    by.call(skills.import, {
      workspace,
      source: { kind: "archive", fileName: "some.skill", data: zip.toString("base64") },
      onConflict,
    });
  const importUrl = (url: string) =>
    bob.call(skills.import, { workspace, source: { kind: "url", url } });

  it("reads an archive, leaves out what systems add, and gives the same skill back on export", async () => {
    const zip = await zipOf([
      document("pdf-forms"),
      { path: "pdf-forms/scripts/fill.py", content: "print()\n", mode: 0o100755 },
      { path: "pdf-forms/logo.png", content: Buffer.from([137, 80, 78, 71, 0, 255]) },
      { path: "__MACOSX/pdf-forms/._SKILL.md", content: "x" },
      { path: "pdf-forms/.DS_Store", content: "x" },
      { path: "README.md", content: "not of the skill" },
    ]);
    const { outcome, skill } = await importZip(zip);
    expect(outcome).toBe("created");
    expect(skill).toMatchObject({
      name: "pdf-forms",
      description: "About pdf-forms",
      instructions: "Do it.\n",
      frontMatter: "license: MIT",
      source: { kind: "archive", fileName: "some.skill" },
      fileCount: 3,
    });
    expect(skill.files.map(({ path, executable }) => [path, executable])).toEqual([
      ["logo.png", false],
      ["scripts/fill.py", true],
    ]);
    const exported = await bob.call(skills.export, { workspace, skillId: skill.id });
    expect(exported.fileName).toBe("pdf-forms.zip");
    await test.alice.call(skills.delete, { workspace, skillId: skill.id });
    const again = await importZip(Buffer.from(exported.data, "base64"));
    expect(again.skill).toMatchObject({ hash: skill.hash, files: skill.files });
  });

  it("takes a description that is no YAML, and one without front matter", async () => {
    const loose = "---\nname: loose\ndescription: Use this: when [it helps\n---\nText";
    const first = await importZip(await zipOf([{ path: "SKILL.md", content: loose }]));
    expect(first.skill).toMatchObject({ name: "loose", description: "Use this: when [it helps" });
    const bare = await importZip(
      await zipOf([{ path: "bare-one/skill.md", content: "# Bare one\n" }]),
    );
    expect(bare.skill).toMatchObject({ name: "bare-one", description: "Bare one" });
  });

  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ["no zip", async () => Buffer.from("hello"), /not a zip/],
    ["without SKILL.md", () => zipOf([{ path: "a.md", content: "" }]), /no SKILL.md/],
    ["with two skills", () => zipOf([document("one"), document("two")]), /several skills/],
    [
      "that climbs out",
      async () =>
        renamed(
          await zipOf([document("climb"), { path: "climb/ab/x", content: "" }]),
          "climb/ab/x",
          "climb/../x",
        ),
      /not safe/,
    ],
    [
      "with an absolute path",
      async () =>
        renamed(
          await zipOf([document("slash"), { path: "aslash/xx", content: "" }]),
          "aslash/xx",
          "/slash/xx",
        ),
      /not safe/,
    ],
    [
      "with a backslash",
      async () =>
        renamed(
          await zipOf([document("back"), { path: "back/..ax", content: "" }]),
          "back/..ax",
          "back/..\\x",
        ),
      /not safe/,
    ],
    [
      "with a link",
      () =>
        zipOf([
          document("linked"),
          { path: "linked/passwd", content: "/etc/passwd", mode: 0o120777 },
        ]),
      /is a link/,
    ],
    [
      "with names that differ in case only",
      () =>
        zipOf([
          document("cased"),
          { path: "cased/A.md", content: "" },
          { path: "cased/a.md", content: "" },
        ]),
      /one file on some machines/,
    ],
    [
      "with a second SKILL.md beside the first",
      () => zipOf([document("twice"), { path: "twice/skill.md", content: "" }]),
      /several skills/,
    ],
    [
      "with a .git folder",
      () => zipOf([document("hooked"), { path: "hooked/.git/hooks/pre-commit", content: "" }]),
      /\.git folder/,
    ],
    [
      "with one large file",
      () => zipOf([document("large"), { path: "large/x", content: Buffer.alloc(1024 * 1024 + 1) }]),
      /larger than 1 MiB/,
    ],
    [
      "that unpacks to more than it may",
      () =>
        zipOf([
          document("bomb"),
          ...Array.from({ length: 9 }, (_, index) => ({
            path: `bomb/${index}`,
            content: Buffer.alloc(1024 * 1024),
          })),
        ]),
      /8 MiB/,
    ],
    [
      "with too many files",
      () =>
        zipOf([
          document("many"),
          ...Array.from({ length: 256 }, (_, index) => ({ path: `many/${index}`, content: "" })),
        ]),
      /256/,
    ],
    [
      "whose entry is larger than it says",
      async () =>
        lyingSize(
          await zipOf([document("lying"), { path: "lying/x", content: Buffer.alloc(500_000) }]),
        ),
      /cannot be unpacked/,
    ],
  ])("refuses an archive %s", async (_, make, message) => {
    const attempt = importZip(await make());
    await expect(attempt).rejects.toMatchObject({ code: "invalid" });
    await expect(attempt).rejects.toThrow(message);
  });

  it("settles a name that is taken as it is told", async () => {
    const zip = (text: string) => zipOf([document("taken", text)]);
    const first = await importZip(await zip("One."));
    await expect(importZip(await zip("Two."))).rejects.toMatchObject({ reason: "name_taken" });
    const skipped = await importZip(await zip("Two."), "skip");
    expect([skipped.outcome, skipped.skill.hash]).toEqual(["skipped", first.skill.hash]);
    const renamedOne = await importZip(await zip("Two."), "rename");
    expect([renamedOne.outcome, renamedOne.skill.name]).toEqual(["renamed", "taken (2)"]);
    const refused = importZip(await zip("Two."), "overwrite", test.alice);
    await expect(refused).rejects.toMatchObject({ reason: "role_required" });
    const over = await importZip(await zip("Two."), "overwrite");
    expect(over).toMatchObject({
      outcome: "overwritten",
      skill: { id: first.skill.id, instructions: "Two.\n", revision: 2 },
    });
  });

  it("reads an address with a zip file or a SKILL.md, through redirects, and records it", async () => {
    served.set("/a.zip", { body: await zipOf([document("by-url")]) });
    served.set("/there", { status: 302, headers: { location: "/a.zip" } });
    served.set("/raw/one/SKILL.md", { body: Buffer.from("---\nname: raw-one\n---\nJust text.") });
    const zipped = await importUrl(`${base}/there`);
    expect(zipped.skill).toMatchObject({
      name: "by-url",
      source: { kind: "url", url: `${base}/there` },
    });
    const raw = await importUrl(`${base}/raw/one/SKILL.md`);
    expect(raw.skill).toMatchObject({ name: "raw-one", description: "Just text." });
  });

  it("reads nothing that is not public, not by redirect either, and says which rule it was", async () => {
    served.set("/inward", { status: 302, headers: { location: "http://127.0.0.1:1/secret" } });
    served.set("/metadata", {
      status: 301,
      headers: { location: "https://169.254.169.254/latest" },
    });
    served.set("/loop", { status: 302, headers: { location: "/loop" } });
    served.set("/huge", {
      headers: { "content-length": String(20 * 1024 * 1024) },
      body: Buffer.alloc(1),
    });
    served.set("/page", { body: Buffer.from("<html>") });
    for (const [url, reason] of [
      ["https://127.0.0.1/x", "skill.bad_address"],
      ["https://localhost/x", "skill.bad_address"],
      ["https://[::1]/x", "skill.bad_address"],
      ["https://[::ffff:10.0.0.1]/x", "skill.bad_address"],
      ["https://2130706433/x", "skill.bad_address"],
      ["https://0x7f.1/x", "skill.bad_address"],
      ["https://169.254.169.254/latest/meta-data", "skill.bad_address"],
      ["http://example.com/x", "skill.bad_address"],
      ["file:///etc/passwd", "skill.bad_address"],
      ["https://user:secret@example.com/x", "skill.bad_address"],
      ["nonsense", "skill.bad_address"],
      [`${base}/inward`, "skill.bad_address"],
      [`${base}/metadata`, "skill.bad_address"],
      [`${base}/huge`, "skill.bad_address"],
      [`${base}/loop`, "skill.unreachable"],
      [`${base}/missing`, "skill.unreachable"],
      [`${base}/page`, "skill.bad_archive"],
    ] as const) {
      const failed = await importUrl(url).then(
        () => "imported",
        (error: unknown) => (error as { reason: string }).reason,
      );
      expect([url, failed]).toEqual([url, reason]);
    }
    expect(asked).not.toContain("/secret");
  });

  it("asks nobody for strangers", async () => {
    const before = asked.length;
    const stranger = test.callAs("hcp_x", skills.import, {
      workspace,
      source: { kind: "url", url: `${base}/a.zip` },
    });
    await expect(stranger).rejects.toMatchObject({ code: "unauthenticated" });
    expect(asked).toHaveLength(before);
  });

  it("refuses what is not base64", async () => {
    const attempt = bob.call(skills.import, {
      workspace,
      source: { kind: "archive", fileName: "x.zip", data: "UEsD!!!" },
    });
    await expect(attempt).rejects.toMatchObject({ reason: "validation" });
    const made = await importZip(await zipOf([document("binary")]));
    const write = bob.call(skillFiles.write, {
      workspace,
      skillId: made.skill.id,
      path: "x",
      content: "%%%",
      encoding: "base64",
    });
    await expect(write).rejects.toMatchObject({ reason: "validation" });
  });
});

/** Says in both places of the format that the largest entry is ten bytes long. */
function lyingSize(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const real = Buffer.alloc(4);
  real.writeUInt32LE(500_000);
  for (let at = copy.indexOf(real); at >= 0; at = copy.indexOf(real, at + 1)) {
    copy.writeUInt32LE(10, at);
  }
  return copy;
}
