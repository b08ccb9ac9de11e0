import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryDirectory } from "../temporary-directory.ts";

/** A published version of a package whose command prints its version, or cannot be installed. */
export type Published = {
  readonly version: string;
  /** Source of the command; prints the version by default. */
  readonly command?: string;
  /** Source of `install.cjs`. */
  readonly installScript?: string;
  /** Names a package that the registry does not have. */
  readonly broken?: true;
};

export type LoopbackRegistry = AsyncDisposable & {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
};

/** A package registry on loopback with one package, `made-up-cli`, for the real npm to talk to. */
export async function loopbackRegistry(
  publications: readonly Published[],
): Promise<LoopbackRegistry> {
  await using directory = await temporaryDirectory({ prefix: "registry" });
  const tarballs = new Map<string, Buffer>();
  for (const published of publications) {
    tarballs.set(`/made-up-cli-${published.version}.tgz`, await pack(directory.path, published));
  }
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const tarball = tarballs.get(path);
    if (tarball !== undefined) return response.end(tarball);
    if (path !== "/made-up-cli") return response.writeHead(404).end("{}");
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(packageDocument(publications, tarballs, url)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function manifest({ version, broken }: Published): Record<string, unknown> {
  const dependencies = broken ? { "not-in-the-registry": "1.0.0" } : {};
  return { name: "made-up-cli", version, bin: { "made-up": "cli.cjs" }, dependencies };
}

function packageDocument(
  publications: readonly Published[],
  tarballs: ReadonlyMap<string, Buffer>,
  url: string,
): Record<string, unknown> {
  const versions = publications.map((published) => {
    const path = `/made-up-cli-${published.version}.tgz`;
    const digest = createHash("sha512")
      .update(tarballs.get(path) ?? "")
      .digest("base64");
    const dist = { tarball: url + path, integrity: `sha512-${digest}` };
    return [published.version, { ...manifest(published), dist }];
  });
  const latest = publications.at(-1)?.version;
  return {
    name: "made-up-cli",
    "dist-tags": { latest },
    versions: Object.fromEntries(versions),
  };
}

async function pack(parent: string, published: Published): Promise<Buffer> {
  const folder = join(parent, published.version);
  const inner = join(folder, "package");
  await mkdir(inner, { recursive: true });
  const command = published.command ?? `console.log(${JSON.stringify(published.version)})`;
  await writeFile(join(inner, "package.json"), JSON.stringify(manifest(published)));
  await writeFile(join(inner, "cli.cjs"), `#!/usr/bin/env node\n${command}\n`);
  await chmod(join(inner, "cli.cjs"), 0o755);
  if (published.installScript !== undefined) {
    await writeFile(join(inner, "install.cjs"), published.installScript);
  }
  const tarball = join(folder, "package.tgz");
  await promisify(execFile)("tar", ["-czf", tarball, "-C", folder, "package"]);
  return readFile(tarball);
}
