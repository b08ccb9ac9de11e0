import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { patientMs } from "@headcount/testkit/patience";
import { type StartedProcess, startProcess } from "../support/child-process.ts";
import { startBrowser, type TestBrowser } from "./support/browser.ts";

const launcher = fileURLToPath(new URL("../../bin/headcount.mjs", import.meta.url));

describe("a newcomer", () => {
  let folder: TemporaryDirectory;
  let server: StartedProcess;
  let browser: TestBrowser;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "hc-new-" });
    const environment = Object.fromEntries(
      Object.entries(process.env).filter(
        ([name]) => !name.startsWith("HEADCOUNT_") && name !== "DATABASE_URL",
      ),
    ) as Record<string, string>;
    server = startProcess(
      [
        process.execPath,
        launcher,
        "server",
        "--port",
        "0",
        "--data-dir",
        path.join(folder.path, "data"),
      ],
      { ...environment, HOME: folder.path },
    );
    await server.says(/Owner link: \S+/);
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    server.kill("SIGTERM");
    await server.exited;
    await folder[Symbol.asyncDispose]();
  });

  it("gets from the owner link to a finished, metered task without leaving the page", async () => {
    const [, link = ""] = /Owner link: (\S+)/.exec(server.output()) ?? [];
    const { page, errors } = await browser.open();
    await page.goto(link);
    await page.getByLabel("Your name").fill("Mara");
    await page.getByLabel("E-mail").fill("mara@example.test");
    await page.getByRole("button", { name: "Create the owner" }).click();

    await page.getByLabel("Name", { exact: true }).fill("Northwind");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page
      .getByText("Tutorial agent")
      .first()
      .waitFor({ timeout: patientMs(60_000) });
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Create agent" }).click();
    await page.getByRole("button", { name: "Create and start" }).click();
    await page.getByText("That is the whole loop").waitFor({ timeout: patientMs(60_000) });
    await page
      .getByText(/\$0\.01/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Go to the board" }).click();
    await page.waitForURL(/\/northwind\/issues/);
    await page.getByText("Write a welcome note for this workspace").first().waitFor();
    // The page asks who is signed in before anybody is.
    expect(errors.filter((text) => !text.includes("401"))).toEqual([]);
  });

  it("cannot use the owner link twice", async () => {
    const [, link = ""] = /Owner link: (\S+)/.exec(server.output()) ?? [];
    const { page } = await browser.open();
    await page.goto(link);
    await page.getByText("This server already has its owner").waitFor();
    expect(page.url()).toContain("/setup");
  });
});
