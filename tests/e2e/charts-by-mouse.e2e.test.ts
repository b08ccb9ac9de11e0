/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "@headcount/testkit/wait-for";
import type { ChartHands } from "./support/chart-hands.ts";
import { ChartPages } from "./support/chart-pages.ts";
import { apart, instantAt, widthOf, type Range } from "./support/ranges.ts";

const panels = ["tokens", "agents", "cost"] as const;

describe("a chart under the mouse", () => {
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

  it("a drag selects a stretch, shows it on every panel and zooms all of them", async () => {
    const before = await Promise.all(panels.map((panel) => hands.picture(panel)));
    const start = await hands.at(0.25);
    const end = await hands.at(0.5);
    await hands.page.mouse.move(start.x, start.y);
    await hands.page.mouse.down();
    await hands.page.mouse.move(end.x, end.y, { steps: 5 });
    expect(await hands.page.locator("[data-brush]").count()).toBe(3);
    expect(await hands.range()).toEqual(home);
    await hands.page.mouse.up();
    const zoomed = await hands.changed(home);
    expect(
      apart(home, zoomed, { fromMs: instantAt(home, 0.25), toMs: instantAt(home, 0.5) }),
    ).toBeLessThan(0.005);
    const after = await Promise.all(panels.map((panel) => hands.picture(panel)));
    after.forEach((picture, index) => expect(picture).not.toBe(before[index]));
  });

  it.each(["Shift", "the space bar", "the middle button"] as const)(
    "a drag with %s moves the range and keeps its width",
    async (by) => {
      await hands.panel().focus();
      const key = { Shift: "Shift", "the space bar": "Space", "the middle button": null }[by];
      if (key !== null) await hands.page.keyboard.down(key);
      await hands.drag(0.3, 0.6, key === null ? { button: "middle" } : {});
      if (key !== null) await hands.page.keyboard.up(key);
      const moved = await hands.changed(home);
      expect(widthOf(moved)).toBe(widthOf(home));
      expect(
        apart(home, moved, {
          fromMs: home.fromMs - 0.3 * widthOf(home),
          toMs: home.toMs - 0.3 * widthOf(home),
        }),
      ).toBeLessThan(0.005);
    },
  );

  it("the wheel zooms around the pointer with Ctrl, and scrolls the page without", async () => {
    const place = await hands.at(0.75);
    await hands.page.mouse.move(place.x, place.y);
    await hands.page.mouse.wheel(0, -300);
    await hands.marks("cursor", 3);
    expect(await hands.range()).toEqual(home);
    await hands.page.keyboard.down("Control");
    await hands.page.mouse.wheel(0, -60);
    await hands.page.keyboard.up("Control");
    const zoomed = await hands.changed(home);
    expect(widthOf(zoomed)).toBeLessThan(widthOf(home));
    expect(instantAt(zoomed, 0.75)).toBeCloseTo(instantAt(home, 0.75), -5);
  });

  it("the wheel zooms a panel that has the focus, and moves it sideways", async () => {
    await hands.panel().focus();
    const place = await hands.at(0.5);
    await hands.page.mouse.move(place.x, place.y);
    await hands.page.mouse.wheel(0, 200);
    const wider = await hands.changed(home);
    expect(widthOf(wider)).toBeGreaterThan(widthOf(home));
    await hands.page.mouse.wheel(-200, 0);
    const moved = await hands.changed(wider);
    expect(widthOf(moved)).toBe(widthOf(wider));
    expect(moved.fromMs).toBeLessThan(wider.fromMs);
  });

  it("a double click goes back", async () => {
    await hands.drag(0.2, 0.4);
    await hands.changed(home);
    const place = await hands.at(0.5);
    await hands.page.mouse.dblclick(place.x, place.y);
    await waitFor(async () => (await hands.range()).fromMs === home.fromMs, {
      describe: "the range from the start",
    });
    expect(await hands.range()).toEqual(home);
  });

  it("the cursor stands on all panels at the same time and reads each of them", async () => {
    const place = await hands.at(0.9);
    await hands.page.mouse.move(place.x, place.y);
    await hands.marks("cursor", 3);
    const lefts = await hands.page
      .locator("[data-mark=cursor]")
      .evaluateAll((marks) => marks.map((mark) => (mark as HTMLElement).style.left));
    expect(new Set(lefts).size).toBe(1);
    expect(await hands.page.locator("[data-cursor-time]").textContent()).toMatch(/12:50–12:55/);
    await hands.page.mouse.move(5, 5);
    await hands.marks("cursor", 0);
  });

  it("a click pins a bucket, names it for its tasks and tells how far the cursor is", async () => {
    const place = await hands.at(0.5);
    await hands.page.mouse.click(place.x, place.y);
    await hands.marks("pin", 3);
    const selection = await hands.selection();
    expect(selection?.panelId).toBe("tokens");
    expect(selection && widthOf(selection.range)).toBe(300_000);
    expect(selection?.range.fromMs).toBeLessThanOrEqual(instantAt(home, 0.5));
    const further = await hands.at(0.8);
    await hands.page.mouse.move(further.x, further.y);
    await hands.page
      .getByText(/since the pin/)
      .first()
      .waitFor();
    await hands.page.getByRole("button", { name: "Take the pin away" }).click();
    await hands.marks("pin", 0);
    expect(await hands.selection()).toBeNull();
  });

  it("a zoom pauses what follows the present, Resume goes back to it", async () => {
    await hands.page.getByText("Live", { exact: true }).waitFor();
    await hands.drag(0.2, 0.4);
    await hands.page.getByText("Paused").waitFor();
    await hands.page.getByRole("button", { name: "Resume" }).click();
    await hands.page.getByText("Live", { exact: true }).waitFor();
    expect(await hands.range()).toEqual(home);
  });

  it("the strip moves the range by its window and by its edges", async () => {
    const grip = await hands.page.locator("[data-strip=window]").boundingBox();
    if (!grip) throw new Error("The strip is not on screen");
    const [x, y] = [grip.x + grip.width / 2, grip.y + grip.height / 2];
    await hands.page.mouse.move(x, y);
    await hands.page.mouse.down();
    await hands.page.mouse.move(x - 200, y, { steps: 4 });
    await hands.page.mouse.up();
    const moved = await hands.changed(home);
    expect(widthOf(moved)).toBe(widthOf(home));
    expect(moved.toMs).toBeLessThan(home.fromMs);
    const edge = await hands.page.locator("[data-strip=start]").boundingBox();
    if (!edge) throw new Error("The edge is not on screen");
    await hands.page.mouse.move(edge.x + 12, y);
    await hands.page.mouse.down();
    await hands.page.mouse.move(edge.x - 100, y, { steps: 4 });
    await hands.page.mouse.up();
    const widened = await hands.changed(moved);
    expect(widened.toMs).toBe(moved.toMs);
    expect(widthOf(widened)).toBeGreaterThan(widthOf(moved));
  });

  it("what happened is told on hover, what lies on one another together", async () => {
    await hands.page.locator("[data-tick=c]").hover();
    await hands.page.getByText(/09:02.*Machine build-1 was lost/).waitFor();
    await hands.page.locator("[data-tick=a]").hover();
    const told = hands.page.locator("[data-annotation]");
    await told.getByText(/Ada finished/).waitFor();
    expect(await told.locator("p").count()).toBe(2);
  });

  it("another time is laid over it as a line that is read too", async () => {
    const before = await hands.picture("cost");
    await hands.page.getByText("Same weekday").click();
    await waitFor(async () => (await hands.picture("cost")) !== before, {
      describe: "another picture",
    });
    const legend = hands.page.getByRole("listitem").filter({ hasText: "Same weekday" });
    expect(await legend.textContent()).toMatch(/\$\d/);
  });

  it("nothing of it throws", () => {
    expect(charts.errors).toEqual([]);
  });
});
