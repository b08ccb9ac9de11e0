import {
  type Browser,
  type BrowserContext,
  chromium,
  type ConsoleMessage,
  type Page,
} from "playwright-core";
import { account, auth } from "@headcount/contract/users/routes";
import { patientMs } from "@headcount/testkit/patience";
import type { Product } from "../../support/start-product.ts";

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
