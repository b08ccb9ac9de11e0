/// <reference lib="dom" />
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { issues } from "@headcount/contract/issues/routes";
import { IssueStatus } from "@headcount/contract/issues/schemas";
import { auth } from "@headcount/contract/users/routes";
import { type Product, startProduct, workspace } from "../tests/support/start-product.ts";
import { atMost, type Figure, median, percentile, printFigures, progress } from "./lib/figures.ts";
import { firstLoadBytes, firstLoadLimitBytes } from "./lib/first-load.ts";

const issueCount = 5_000;
const loads = 5;
const chromiumPath = process.env["HEADCOUNT_CHROMIUM"] ?? "/usr/bin/chromium";
const browserArguments = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

async function seed(product: Product): Promise<void> {
  const lanes = 8;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let index = lane; index < issueCount; index += lanes) {
        await product.call(issues.create, {
          workspace,
          title: `Issue number ${index} that stands for the work of a busy team`,
          status: IssueStatus.options[index % 5] ?? "todo",
          allowDuplicate: true,
        });
      }
    }),
  );
}

async function signIn(product: Product, context: BrowserContext): Promise<void> {
  const { url } = await product.call(auth.mintSignInLink, {});
  const reply = await fetch(`${product.url}${auth.link.path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret: url.split("#")[1] }),
  });
  const [name = "", value = ""] =
    (reply.headers.get("set-cookie") ?? "").split(";")[0]?.split("=") ?? [];
  await context.addCookies([{ name, value, url: product.url }]);
}

/** Milliseconds from the start of navigation until the first card is in a painted frame. */
async function firstCardMs(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: "commit" });
  await page
    .getByText(/^Issue number/)
    .first()
    .waitFor();
  return page.evaluate(
    () => new Promise<number>((done) => requestAnimationFrame(() => done(performance.now()))),
  );
}

/** Frame times while a card is dragged across the board. */
async function dragFrames(page: Page): Promise<number[]> {
  const card = page.getByText(/^Issue number/).first();
  const box = await card.boundingBox();
  if (!box) throw new Error("No card to drag");
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(globalThis, { frames });
    let last = performance.now();
    const tick = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await page.mouse.move(box.x + 20, box.y + 10);
  await page.mouse.down();
  for (let step = 0; step <= 60; step += 1) {
    await page.mouse.move(box.x + 20 + step * 10, box.y + 10 + (step % 20) * 8);
  }
  const frames = await page.evaluate(() =>
    (globalThis as unknown as { frames: number[] }).frames.slice(2),
  );
  await page.keyboard.press("Escape");
  await page.mouse.up();
  return frames;
}

/** Every card in the document at once: a board without virtualisation. */
async function naiveBoardMs(page: Page): Promise<number> {
  const cards = Array.from(
    { length: issueCount },
    (_, index) =>
      `<article style="border:1px solid;border-radius:8px;padding:10px;margin:6px"><small>ACME-${index}</small><h3>Issue number ${index} that stands for the work of a busy team</h3><footer><svg width=16 height=16><circle r=7 cx=8 cy=8></circle></svg> Ada $0.01</footer></article>`,
  );
  const columns = Array.from(
    { length: 5 },
    (_, column) =>
      `<div style="width:288px">${cards.filter((_card, index) => index % 5 === column).join("")}</div>`,
  );
  const times: number[] = [];
  for (let round = 0; round < loads; round += 1) {
    await page.goto("about:blank");
    times.push(
      await page.evaluate(async (html) => {
        const startedAt = performance.now();
        document.body.innerHTML = `<div style="display:flex">${html}</div>`;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return performance.now() - startedAt;
      }, columns.join("")),
    );
  }
  return median(times);
}

export async function benchBoard(): Promise<Figure[]> {
  if (!existsSync(chromiumPath)) {
    throw new Error(`There is no ${chromiumPath}: install Chromium or set HEADCOUNT_CHROMIUM.`);
  }
  await using product = await startProduct({ web: true });
  progress(`creating ${issueCount} issues`);
  await seed(product);
  const profile = mkdtempSync(path.join(tmpdir(), "hc-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: browserArguments,
    viewport: { width: 1440, height: 900 },
  });
  try {
    await signIn(product, context);
    const page = await context.newPage();
    const url = `${product.url}/${workspace}/issues`;
    const times: number[] = [];
    for (let round = 0; round < loads; round += 1) times.push(await firstCardMs(page, url));
    const frames = await dragFrames(page);
    const naive = await naiveBoardMs(page);
    return [
      atMost({
        name: "board with 5,000 issues, first card painted (median)",
        value: median(times),
        unit: "ms",
        target: 1_500,
        baseline: naive,
      }),
      atMost({
        name: "frame while dragging a card (p95; software rendering)",
        value: percentile(frames, 0.95),
        unit: "ms",
        target: 17,
        baseline: null,
      }),
      atMost({
        name: "scripts and styles before the first card, gzipped",
        value: (await firstLoadBytes()) / 1_000,
        unit: "kB",
        target: firstLoadLimitBytes / 1_000,
        baseline: null,
      }),
    ];
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

if (import.meta.main) printFigures(await benchBoard());
