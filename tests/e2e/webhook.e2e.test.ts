/// <reference lib="dom" />
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { waitFor } from "@headcount/testkit/wait-for";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { signIn, startBrowser, type TestBrowser } from "./support/browser.ts";
import { violations } from "./support/violations.ts";

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

describe("the webhook of notices in the settings", () => {
  let receiver: Server;
  let address: string;
  let answers: number;
  const received: Received[] = [];
  let product: Product;
  let browser: TestBrowser;
  let page: Page;
  let errors: string[];
  let secret: string;
  beforeAll(async () => {
    answers = 204;
    receiver = createServer((request, reply) => {
      void text(request).then((body) => {
        received.push({ headers: request.headers, body });
        reply.writeHead(answers).end();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
    const host = `127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    address = `http://${host}/notices`;
    product = await startProduct({
      web: true,
      serverEnvironment: { HEADCOUNT_IMPORT_HOSTS: host },
    });
    browser = await startBrowser();
    ({ page, errors } = await browser.open());
    await signIn(product, page);
    await open(page);
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await product[Symbol.asyncDispose]();
    await new Promise((done) => receiver.close(done));
  });

  const open = (on: Page) => on.goto(`${product.url}/${workspace}/settings#webhook`);
  const section = (on: Page = page): Locator => on.getByRole("region", { name: "Webhook" });
  const button = (name: string | RegExp) => section().getByRole("button", { name });
  const dialog = (name: string) => page.getByRole("dialog", { name });

  /** Reads the secret that is shown, and closes what shows it. */
  async function takeSecret(): Promise<string> {
    const shown = dialog("Copy the secret now");
    await shown.waitFor();
    expect(await violations(page, "the secret")).toEqual([]);
    const value = (await shown.locator("code").first().textContent()) ?? "";
    await shown.getByRole("button", { name: "Done" }).click();
    await shown.waitFor({ state: "detached" });
    return value;
  }

  it("is what the page shows at its address", async () => {
    const isAtHand = async () => ((await section().boundingBox())?.y ?? Infinity) < 450;
    await waitFor(isAtHand, { describe: "the section in the upper half of the page" });
    expect(await isAtHand()).toBe(true);
  });

  it("says what is wrong with an address, and takes none that is not public", async () => {
    const field = section().getByLabel("Address");
    await field.fill("hooks");
    await button("Save").click();
    await section().getByText("Enter an address that begins with https://.").waitFor();
    await field.fill("https://10.0.0.7/hook");
    await button("Save").click();
    await section().getByText("Only public https addresses are taken.", { exact: false }).waitFor();
    expect(await violations(page, "webhook that is refused")).toEqual([]);
  });

  it("shows the secret once, and sends a test that is signed with it", async () => {
    await section().getByLabel("Address").fill(address);
    await section().getByRole("checkbox", { name: "A tank gets low" }).click();
    await page.keyboard.press("Enter");
    await button("Save").click();
    secret = await takeSecret();
    expect(secret).toMatch(/^hcs_/);
    await page.reload();
    await button("Send a test").click();
    expect(await page.getByText(secret).count()).toBe(0);
    await section().getByText("Delivered").waitFor();
    const [delivery] = received;
    expect(JSON.parse(delivery?.body ?? "{}")).toMatchObject({ type: "test" });
    expect(signed(delivery, secret)).toBe(true);
    expect(await violations(page, "webhook")).toEqual([]);
  });

  it("shows a delivery that failed with the answer and the next try, and sends it again", async () => {
    answers = 500;
    await button("Send a test").click();
    await section()
      .getByText(/HTTP 500 · next try/)
      .waitFor();
    answers = 204;
    await button("Send again: Test").first().click();
    await waitFor(async () => (await section().getByText("Delivered").count()) === 2, {
      describe: "the delivery that was sent again",
    });
    const [, failed, again] = received.map(({ body }) => JSON.parse(body));
    expect(again).toEqual({ ...failed, id: again.id });
    expect(again.id).not.toBe(failed.id);
  });

  it("makes a new secret, is switched off and on, and is removed", async () => {
    await button("New secret").click();
    await dialog("Make a new secret?").getByRole("button", { name: "New secret" }).click();
    const next = await takeSecret();
    expect(next).not.toBe(secret);
    const count = received.length;
    await button("Send a test").click();
    await waitFor(() => received.length > count, { describe: "what is signed anew" });
    expect([signed(received.at(-1), next), signed(received.at(-1), secret)]).toEqual([true, false]);
    const onOff = section().getByRole("switch", { name: "Send notices" });
    await onOff.click();
    await waitFor(() => button("Send a test").isDisabled(), { describe: "off" });
    await onOff.press("Space");
    await waitFor(() => button("Send a test").isEnabled(), { describe: "on again" });
    await button("Remove").click();
    const asked = dialog("Remove the address?");
    await asked.getByRole("button", { name: "Remove" }).click();
    // An open dialog hides the page from the tree of roles.
    await asked.waitFor({ state: "detached" });
    await button("Send a test").waitFor({ state: "detached" });
    expect(await section().getByLabel("Address").inputValue()).toBe("");
    // What a refused address and nothing else is answered with.
    expect(errors.filter((error) => !error.includes("422") && !error.includes("400"))).toEqual([]);
  });

  it("fits a phone in the dark and in Chinese, and is not there for members", async () => {
    const phone = await browser.open({ width: 390, language: "zh-CN", dark: true });
    await signIn(product, phone.page);
    await open(phone.page);
    await section(phone.page).getByText("公网 https 地址", { exact: false }).waitFor();
    const overflow = await phone.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await violations(phone.page, "webhook on a phone")).toEqual([]);
    await phone.context.close();
    const member = await browser.open();
    const mina = await product.invite("Mina");
    await signIn(product, member.page, mina.token);
    await open(member.page);
    await member.page.getByRole("region", { name: "Guards" }).waitFor();
    expect(await section(member.page).count()).toBe(0);
    expect(member.errors).toEqual([]);
    await member.context.close();
  });
});

/** Whether a delivery carries the signature that the page explains. */
function signed(delivery: Received | undefined, secret: string): boolean {
  const header = String(delivery?.headers["headcount-signature"] ?? "");
  const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(header) ?? [];
  const expected = createHmac("sha256", secret).update(`${seconds}.${delivery?.body}`);
  return signature === expected.digest("hex");
}
