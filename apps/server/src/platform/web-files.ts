import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Hono } from "hono";
import { serveStatic } from "@hono/node-server/serve-static";

/** Scripts and styles come from this origin only; nothing inline runs. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join("; ");

/** Serves the built web app: hashed files for ever, the page itself always fresh. */
export function mountWebFiles(app: Hono, directory: string): void {
  app.use("*", async (c, next) => {
    await next();
    c.header("Content-Security-Policy", contentSecurityPolicy);
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "strict-origin");
  });
  app.use(
    "/assets/*",
    async (c, next) => {
      await next();
      const isFile = c.res.status === 200 && path.extname(c.req.path) !== "";
      if (isFile) c.header("Cache-Control", "public, max-age=31536000, immutable");
    },
    serveStatic({ root: path.relative(process.cwd(), directory) || ".", precompressed: true }),
  );
  const files = serveStatic({ root: path.relative(process.cwd(), directory) || "." });
  // Without an extension it is the page, or a folder, which holds nothing to send.
  app.use("*", (c, next) => (path.extname(c.req.path) === "" ? next() : files(c, next)));
  app.get("*", async (c) => {
    if (path.extname(c.req.path) !== "") return c.text("Not found", 404);
    const page = await readFile(path.join(directory, "index.html"), "utf8").catch(() => null);
    if (page === null) return c.text("The web app is not built. Run `npm run build:web`.", 503);
    c.header("Cache-Control", "no-cache");
    return c.html(page);
  });
}
