/// <reference lib="dom" />
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ChartHands, Fingers } from "./support/chart-hands.ts";
import { ChartPages } from "./support/chart-pages.ts";
import { apart, instantAt, middleOf, widthOf, type Range } from "./support/ranges.ts";

describe("a chart under fingers", () => {
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

  let fingers: Fingers;
  beforeEach(async () => {
    fingers = await Fingers.on(hands.page);
  });

  it("a finger that is drawn aside selects and zooms", async () => {
    const [start, middle, end] = [await hands.at(0.3), await hands.at(0.4), await hands.at(0.6)];
    await fingers.move([start], [middle], [end]);
    const zoomed = await hands.changed(home);
    expect(
      apart(home, zoomed, { fromMs: instantAt(home, 0.3), toMs: instantAt(home, 0.6) }),
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
      apart(home, zoomed, {
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
      apart(home, moved, {
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
    await fingers.doubleTap(await hands.at(0.2));
    expect(await hands.changed(zoomed)).toEqual(home);
    await hands.marks("pin", 0);
  });

  it("a double tap goes back, also on a page that is too busy to hear of it at once", async () => {
    await hands.page.getByRole("button", { name: "Zoom in" }).click();
    const zoomed = await hands.changed(home);
    await hands.page.evaluate(() => {
      const beBusy = (): void => {
        const untilMs = performance.now() + 600;
        while (performance.now() < untilMs);
      };
      addEventListener("pointerup", beBusy, { once: true });
    });
    await fingers.doubleTap(await hands.at(0.2));
    expect(await hands.changed(zoomed)).toEqual(home);
  });

  it("nothing of it throws", () => {
    expect(charts.errors).toEqual([]);
  });
});
