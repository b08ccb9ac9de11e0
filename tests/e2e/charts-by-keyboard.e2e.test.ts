import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "@headcount/testkit/wait-for";
import type { ChartHands } from "./support/chart-hands.ts";
import { ChartPages } from "./support/chart-pages.ts";
import { middleOf, widthOf, type Range } from "./support/ranges.ts";

describe("a chart under the keyboard", () => {
  let charts: ChartPages;
  let hands: ChartHands;
  let home: Range;
  beforeAll(async () => {
    charts = await ChartPages.start();
  });
  afterAll(async () => {
    await charts[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    ({ hands, home } = await charts.open());
  });
  afterEach(async () => {
    await hands.page.context().close();
  });

  const status = () => hands.page.locator("figure > [role=status]");

  it("arrows read bucket by bucket, aloud and with every figure", async () => {
    await hands.panel().focus();
    await hands.page.keyboard.press("End");
    await hands.page.keyboard.press("ArrowLeft");
    await hands.page.keyboard.press("ArrowLeft");
    await hands.page
      .getByText(/13:45–13:50/)
      .first()
      .waitFor();
    await waitFor(
      async () =>
        /13:45–13:50\. Cache read \d+, Cache write \d+, Input \d+, Output \d+ and Total \d+/.test(
          (await status().textContent()) ?? "",
        ),
      { describe: "the bucket read aloud" },
    );
    await hands.page.keyboard.press("Home");
    await hands.page
      .getByText(/02:05–02:10/)
      .first()
      .waitFor();
    expect(await hands.range()).toEqual(home);
  });

  it("Shift and arrows select, Enter zooms into it, 0 goes back", async () => {
    await hands.panel().focus();
    await hands.page.keyboard.press("End");
    for (let step = 0; step < 12; step += 1) await hands.page.keyboard.press("Shift+ArrowLeft");
    await waitFor(async () => (await status().textContent())?.startsWith("Selected"), {
      describe: "the selection read aloud",
    });
    await hands.page.keyboard.press("Enter");
    const zoomed = await hands.changed(home);
    expect(widthOf(zoomed)).toBe(12 * 300_000);
    await hands.page.keyboard.press("0");
    expect(await hands.changed(zoomed)).toEqual(home);
  });

  it("Enter pins, Escape takes back the selection, then the pin, then the range", async () => {
    await hands.panel().focus();
    await hands.page.keyboard.press("+");
    const zoomed = await hands.changed(home);
    await hands.page.keyboard.press("End");
    await hands.page.keyboard.press("Enter");
    await hands.marks("pin", 3);
    await hands.page.keyboard.press("Shift+ArrowLeft");
    await hands.page.locator("[data-brush]").first().waitFor();
    await hands.page.keyboard.press("Escape");
    await hands.page.locator("[data-brush]").first().waitFor({ state: "detached" });
    await hands.marks("pin", 3);
    await hands.page.keyboard.press("Escape");
    await hands.marks("pin", 0);
    expect(await hands.range()).toEqual(zoomed);
    await hands.page.keyboard.press("Escape");
    expect(await hands.changed(zoomed)).toEqual(home);
  });

  it("plus, minus and the page keys zoom and move", async () => {
    await hands.panel().focus();
    await hands.page.keyboard.press("-");
    const wider = await hands.changed(home);
    expect(widthOf(wider)).toBeGreaterThan(widthOf(home));
    await hands.page.keyboard.press("PageUp");
    const earlier = await hands.changed(wider);
    expect(widthOf(earlier)).toBe(widthOf(wider));
    expect(middleOf(earlier)).toBeLessThan(middleOf(wider));
    await hands.page.keyboard.press("PageDown");
    expect(middleOf(await hands.changed(earlier))).toBeGreaterThan(middleOf(earlier));
  });

  it("the cursor leaves what is shown and takes the range with it", async () => {
    await hands.panel().focus();
    await hands.page.keyboard.press("Home");
    await hands.page.keyboard.press("ArrowLeft");
    await hands.page.keyboard.press("ArrowLeft");
    const moved = await hands.changed(home);
    expect(widthOf(moved)).toBe(widthOf(home));
    expect(moved.fromMs).toBeLessThan(home.fromMs);
  });

  it("Tab reaches every panel, the strip and the ticks; arrows move them", async () => {
    await hands.page.locator("[data-strip=window]").focus();
    await hands.page.keyboard.press("ArrowLeft");
    const moved = await hands.changed(home);
    expect(moved.fromMs).toBeLessThan(home.fromMs);
    await hands.page.locator("[data-strip=end]").focus();
    await hands.page.keyboard.press("ArrowLeft");
    expect(widthOf(await hands.changed(moved))).toBeLessThan(widthOf(moved));
    await hands.page.getByRole("button", { name: "Back to the start" }).click();
    await hands.panel("cost").focus();
    await hands.page.keyboard.press("Tab");
    await hands.page.keyboard.press("ArrowRight");
    await hands.page
      .locator("[data-annotation]")
      .getByText(/was lost/)
      .waitFor();
  });

  it("nothing of it throws", () => {
    expect(charts.errors).toEqual([]);
  });
});
