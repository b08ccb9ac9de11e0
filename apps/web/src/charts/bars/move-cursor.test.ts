import { describe, expect, it } from "vitest";
import type { BarCursor } from "./bar-types.ts";
import { moveCursor } from "./move-cursor.ts";

const series = ["low", "middle", "high"].map((id) => ({ id, label: id, colour: "" }));
const bars = [
  { id: "1", label: "1", title: "1", values: { low: 1, high: 2 } },
  { id: "2", label: "2", title: "2", values: {} },
  { id: "3", label: "3", title: "3", values: { low: 1, middle: 1, high: 1 } },
];

function press(keys: readonly string[]): BarCursor | null {
  return keys.reduce<BarCursor | null>(
    (cursor, key) => moveCursor(key, cursor, { bars, series }) ?? cursor,
    null,
  );
}

describe("keys along a chart", () => {
  it("begin at the newest bucket to the left, at the oldest to the right, and stop at the ends", () => {
    expect(press(["ArrowLeft"])?.bar).toBe(2);
    expect(press(["ArrowRight"])?.bar).toBe(0);
    expect(press(["ArrowRight", "ArrowLeft"])?.bar).toBe(0);
    expect(press(["End", "ArrowRight"])?.bar).toBe(2);
    expect(press(["End", "Home"])?.bar).toBe(0);
  });

  it("go up through what a bucket has and come round to the whole of it", () => {
    const ids = [1, 2, 3].map((count) =>
      press(["Home", ...Array.from({ length: count }, () => "ArrowUp")]),
    );
    expect(ids.map((cursor) => cursor?.seriesId)).toEqual(["low", "high", null]);
    expect(press(["Home", "ArrowDown"])?.seriesId).toBe("high");
  });

  it("follow one series through time", () => {
    expect(press(["Home", "ArrowUp", "ArrowRight", "ArrowRight"])).toEqual({
      bar: 2,
      seriesId: "low",
    });
  });

  it("leave all other keys to the page", () => {
    expect(moveCursor("Tab", { bar: 0, seriesId: null }, { bars, series })).toBeNull();
    expect(moveCursor("ArrowLeft", null, { bars: [], series })).toBeNull();
  });
});
