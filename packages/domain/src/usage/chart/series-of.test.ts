import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricSeriesOf, seriesOf, withoutSeries } from "./series-of.ts";
import { stackedCsv } from "./stacked-csv.ts";
import { sumFigures } from "./sum-figures.ts";

type Reply = Pick<UsageQueryReply, "rows" | "times">;
type Row = Reply["rows"][number];

const monday = "2026-11-16T00:00:00.000Z";
const tuesday = "2026-11-17T00:00:00.000Z";
const times: Reply["times"] = [
  { startsAt: monday, endsAt: tuesday, label: "2026-11-16", partial: false },
  { startsAt: tuesday, endsAt: "2026-11-18T00:00:00.000Z", label: "2026-11-17", partial: true },
];

function row(
  at: string,
  name: string,
  figures: Row["metrics"],
  kind: Row["keys"][number]["kind"] = "value",
): Row {
  return {
    keys: [
      { kind: "value", value: at, label: at.slice(0, 10) },
      { kind, value: kind === "value" ? name : null, label: name },
    ],
    metrics: figures,
  };
}

describe("series of a chart", () => {
  const reply: Reply = {
    times,
    rows: [
      row(monday, "small", { tokens: 5 }),
      row(monday, "large", { tokens: 50 }),
      row(monday, "Other", { tokens: 900 }, "other"),
      row(monday, "No agent", { tokens: 90 }, "none"),
      row(tuesday, "large", { tokens: 60 }),
      row(tuesday, "idle", { tokens: 0 }),
    ],
  };

  it("have the largest first and what was left out last, without empty ones", () => {
    expect(seriesOf(reply, "tokens").series.map(({ label }) => label)).toEqual([
      "large",
      "small",
      "No agent",
      "Other",
    ]);
  });

  it("have a bar for every bucket, also one without figures, and know the one that goes on", () => {
    const { bars } = seriesOf({ ...reply, rows: reply.rows.slice(0, 1) }, "tokens");
    expect(bars.map(({ label, partial, figures }) => [label, partial, figures])).toEqual([
      ["2026-11-16", false, { "value:small": 5 }],
      ["2026-11-17", true, {}],
    ]);
  });

  it("keep a cost that nobody knows apart from nothing", () => {
    const stacked = seriesOf({ times, rows: [row(monday, "house", { cost: null })] }, "cost");
    expect(stacked.series).toHaveLength(1);
    expect(stacked.bars[0]?.figures).toEqual({ "value:house": null });
  });

  it("are metrics where there is time alone", () => {
    const rows = [{ ...row(monday, "x", { input: 7, output: 0 }) }].map(({ keys, metrics }) => ({
      keys: keys.slice(0, 1),
      metrics,
    }));
    const stacked = metricSeriesOf({ times, rows }, ["input", "output"]);
    expect(stacked.series.map(({ id }) => id)).toEqual(["input"]);
    expect(stacked.bars.map(({ figures }) => figures)).toEqual([{ input: 7 }, { input: 0 }]);
  });
});

describe("the table of a chart", () => {
  const titles = {
    bucket: "day",
    startsAt: "starts_at",
    total: "total",
    series: (id: string) => id,
  };

  it("holds what is drawn, with exact sums, and nothing that is switched off", () => {
    const stacked = seriesOf(
      {
        times,
        rows: [
          row(monday, "a", { cost: "0.000000000001" }),
          row(monday, "b", { cost: "12345678901.1" }),
          row(tuesday, "a", { cost: null }),
        ],
      },
      "cost",
    );
    expect(stackedCsv(stacked, titles).split("\r\n")).toEqual([
      "day,starts_at,value:b,value:a,total",
      `2026-11-16,${monday},12345678901.1,0.000000000001,12345678901.100000000001`,
      `2026-11-17,${tuesday},0,,`,
      "",
    ]);
    const shown = withoutSeries(stacked, ["value:b"]);
    expect(stackedCsv(shown, titles)).not.toContain("value:b");
  });
});

describe("sums of figures", () => {
  it("are exact for counts and money of any size", () => {
    const count = fc.bigInt({ min: 0n, max: 10n ** 22n });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 8 }), (counts) => {
        const figures = counts.map((one) =>
          one <= Number.MAX_SAFE_INTEGER ? Number(one) : `${one}`,
        );
        const sum = counts.reduce((total, one) => total + one, 0n);
        expect(String(sumFigures(figures))).toBe(`${sum}`);
      }),
    );
  });

  it("leave out what has no price, and are unknown where nothing has one", () => {
    expect(sumFigures(["1.5", null])).toBe("1.5");
    expect(sumFigures([null, null])).toBeNull();
    expect(sumFigures([])).toBe(0);
  });
});
