/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "@headcount/testkit/wait-for";
import { type ChartStage, startChartStage } from "../support/start-chart-stage.ts";
import { startBrowser, type TestBrowser } from "./support/browser.ts";
import { ChartHands, Fingers, type Range } from "./support/chart-hands.ts";

const panels = ["tokens", "agents", "cost"] as const;
const widthOf = ({ fromMs, toMs }: Range): number => toMs - fromMs;
const middleOf = ({ fromMs, toMs }: Range): number => (fromMs + toMs) / 2;
const instantAt = (range: Range, share: number): number => range.fromMs + share * widthOf(range);

describe("a chart under hands", () => {
  let stage: ChartStage;
  let browser: TestBrowser;
  let hands: ChartHands;
  const errors: string[] = [];
  let home: Range;
  beforeAll(async () => {
    stage = await startChartStage();
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    const opened = await browser.open();
    opened.page.on("pageerror", (error) => errors.push(String(error)));
    hands = new ChartHands(opened.page);
    await opened.page.goto(stage.url);
    await opened.page.locator("canvas").nth(2).waitFor();
    home = await hands.range();
  });
  afterEach(async () => {
    await hands.page.context().close();
  });

  /** How far two ranges are apart, as a share of the first one: a pixel is a thousandth. */
  function apart(range: Range, wanted: Range): number {
    const farthestMs = Math.max(
      Math.abs(range.fromMs - wanted.fromMs),
      Math.abs(range.toMs - wanted.toMs),
    );
    return farthestMs / widthOf(home);
  }

  describe("by mouse", () => {
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
        apart(zoomed, { fromMs: instantAt(home, 0.25), toMs: instantAt(home, 0.5) }),
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
          apart(moved, {
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
  });

  describe("by keyboard", () => {
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
  });

  describe("by touch", () => {
    let fingers: Fingers;
    beforeEach(async () => {
      fingers = await Fingers.on(hands.page);
    });

    it("a finger that is drawn aside selects and zooms", async () => {
      const [start, middle, end] = [await hands.at(0.3), await hands.at(0.4), await hands.at(0.6)];
      await fingers.move([start], [middle], [end]);
      const zoomed = await hands.changed(home);
      expect(
        apart(zoomed, { fromMs: instantAt(home, 0.3), toMs: instantAt(home, 0.6) }),
      ).toBeLessThan(0.005);
    });

    it("two fingers that part zoom in around themselves", async () => {
      const [a, b, c, d] = [
        await hands.at(0.4),
        await hands.at(0.6),
        await hands.at(0.2),
        await hands.at(0.8),
      ];
      await fingers.move([a, b], [await hands.at(0.3), await hands.at(0.7)], [c, d]);
      const zoomed = await hands.changed(home);
      expect(
        apart(zoomed, {
          fromMs: middleOf(home) - widthOf(home) / 6,
          toMs: middleOf(home) + widthOf(home) / 6,
        }),
      ).toBeLessThan(0.005);
    });

    it("two fingers that go the same way move", async () => {
      const at = (share: number) => hands.at(share);
      await fingers.move(
        [await at(0.2), await at(0.4)],
        [await at(0.35), await at(0.55)],
        [await at(0.5), await at(0.7)],
      );
      const moved = await hands.changed(home);
      expect(
        apart(moved, {
          fromMs: home.fromMs - 0.3 * widthOf(home),
          toMs: home.toMs - 0.3 * widthOf(home),
        }),
      ).toBeLessThan(0.005);
    });

    it("a tap pins, a double tap goes back", async () => {
      await fingers.move([await hands.at(0.5)]);
      await hands.marks("pin", 3);
      await hands.page.getByRole("button", { name: "Zoom in" }).click();
      const zoomed = await hands.changed(home);
      const place = await hands.at(0.2);
      await fingers.move([place]);
      await fingers.move([place]);
      expect(await hands.changed(zoomed)).toEqual(home);
      await hands.marks("pin", 0);
    });
  });

  it("nothing of it throws", () => {
    expect(errors).toEqual([]);
  });
});
