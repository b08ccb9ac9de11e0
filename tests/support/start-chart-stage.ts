import { readFile } from "node:fs/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const stage = path.join(import.meta.dirname, "../../apps/web/chart-stage");

const kinds: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
};

export type ChartStage = { readonly url: string; [Symbol.asyncDispose](): Promise<void> };

/** Builds the real charts onto a page of made-up series and hands it out on this machine only. */
export async function startChartStage(): Promise<ChartStage> {
  const { build } = await import("vite");
  const outDir = mkdtempSync(path.join(tmpdir(), "hc-stage-"));
  await build({
    root: stage,
    configFile: path.join(stage, "vite.config.ts"),
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
  const server = createServer((request, reply) => {
    const { pathname } = new URL(request.url ?? "/", "http://stage");
    const name = path.basename(pathname) === "" ? "index.html" : pathname.slice(1);
    readFile(path.join(outDir, path.normalize(`/${name}`))).then(
      (content) => {
        reply.setHeader("content-type", kinds[path.extname(name)] ?? "application/octet-stream");
        reply.end(content);
      },
      () => reply.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
