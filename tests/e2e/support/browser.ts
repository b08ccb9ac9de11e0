import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type Browser,
  type BrowserContext,
  chromium,
  type ConsoleMessage,
  type Page,
} from "playwright-core";
import { auth } from "@headcount/contract/users/routes";
import { invitations } from "@headcount/contract/members/routes";
import { account, join } from "@headcount/contract/users/routes";
import { patientMs } from "@headcount/testkit/patience";
import { type Product, workspace } from "../../support/start-product.ts";

const launchArguments = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export type TestBrowser = {
  /** A browser of its own for one person: cookies and storage are theirs. */
  open(options?: {
    width?: number;
    language?: string;
    dark?: boolean;
    /** IANA time zone of the person's clock. */
    zone?: string;
  }): Promise<{ page: Page; context: BrowserContext; errors: string[] }>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(path.join(tmpdir(), "hc-chromium-"));
  const browser: Browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: launchArguments,
  });
  return {
    async open({ width = 1440, language = "en-GB", dark = false, zone = "UTC" } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: width < 600 ? 844 : 900 },
        locale: language,
        colorScheme: dark ? "dark" : "light",
        timezoneId: zone,
      });
      context.setDefaultTimeout(patientMs(30_000));
      const page = await context.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error" && !isNobodySignedIn(message)) errors.push(message.text());
      });
      return { page, context, errors };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** A page that asks who is signed in before anybody is gets an answer that browsers print as an error. */
function isNobodySignedIn(message: ConsoleMessage): boolean {
  return message.location().url.endsWith(account.bootstrap.path) && message.text().includes("401");
}

/** Signs a browser in with a one-time sign-in link of the token's owner. */
export async function signIn(
  product: Product,
  page: Page,
  token: string = product.ownerToken,
): Promise<void> {
  const { url } = await product.clientFor(token).call(auth.mintSignInLink, {});
  await page.goto(url);
  await page.waitForURL((address) => !address.pathname.startsWith("/link"));
}

/** Invites a second person through the API and hands back a token of theirs. */
export async function addPerson(product: Product, name: string): Promise<string> {
  const email = `${name.toLowerCase()}@example.test`;
  const { url } = await product.call(invitations.create, { workspace, email, role: "member" });
  const code = url.slice(url.lastIndexOf("/") + 1);
  const reply = await fetch(`${product.url}${join.accept.path.replace(":code", code)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  const { csrfToken } = (await reply.json()) as { csrfToken: string };
  const cookie = reply.headers.get("set-cookie")?.split(";")[0] ?? "";
  const minted = await fetch(`${product.url}${account.createToken.path}`, {
    method: "POST",
    headers: { cookie, "x-csrf-token": csrfToken, "content-type": "application/json" },
    body: JSON.stringify({ name: "test" }),
  });
  return ((await minted.json()) as { value: string }).value;
}
