import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { TimeSeries } from "../src/charts/time-series.tsx";
import type { ChartSelection, ComparisonChoice } from "../src/charts/time-series/chart-types.ts";
import { languages } from "../src/i18n/language.ts";
import { loadPageTexts, setLanguage } from "../src/i18n/language-store.ts";
import { AppProviders } from "../src/ui/app-providers.tsx";
import "../src/ui/app.css";
import { CrowdedStage } from "./crowded-stage.tsx";
import { dayMs, hourMs, madeAnnotations, madePanels, noise, nowMs, zone } from "./made-panels.ts";

const bounds: TimeRange = { fromMs: nowMs - 7 * dayMs, toMs: nowMs + 12 * hourMs };
const home: TimeRange = { fromMs: nowMs - 12 * hourMs, toMs: nowMs };
const overviewTimes = Array.from({ length: 336 }, (_, index) => bounds.fromMs + index * 1_800_000);
const overview = {
  label: "Tokens of 7 days",
  range: { ...bounds, toMs: nowMs },
  timesMs: overviewTimes,
  values: overviewTimes.map((atMs) => noise(atMs / 1_800_000)),
};

/** The whole chart as a page uses it: the range is kept outside, and everything said is written down. */
function Stage({ view }: { readonly view: "chart" | "table" }) {
  const [range, setRange] = useState(home);
  const [comparison, setComparison] = useState<ComparisonChoice>("none");
  const [selection, setSelection] = useState<ChartSelection | null>(null);
  const isHome = range.fromMs === home.fromMs && range.toMs === home.toMs;
  return (
    <main className="mx-auto max-w-280 p-4">
      <h1 className="sr-only">Charts on a stage</h1>
      <h2 className="sr-only">A chart</h2>
      <TimeSeries
        label="Live usage"
        panels={madePanels(range, comparison)}
        range={range}
        bounds={bounds}
        zone={zone}
        asOfMs={nowMs}
        annotations={madeAnnotations}
        overview={overview}
        canReset={!isHome}
        live={{ state: isHome ? "following" : "paused", onResume: () => setRange(home) }}
        comparison={{ value: comparison, onChange: setComparison }}
        onRangeChange={setRange}
        onReset={() => setRange(home)}
        onSelect={setSelection}
        view={view}
      />
      <output data-range="" hidden>
        {JSON.stringify(range)}
      </output>
      <output data-selection="" hidden>
        {JSON.stringify(selection)}
      </output>
    </main>
  );
}

const wanted = new URLSearchParams(location.search);
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
await setLanguage(languages.find((language) => language === wanted.get("language")) ?? "en");
await loadPageTexts();
createRoot(root).render(
  <AppProviders>
    {wanted.has("points") ? (
      <CrowdedStage points={Number(wanted.get("points"))} />
    ) : (
      <Stage view={wanted.get("view") === "table" ? "table" : "chart"} />
    )}
  </AppProviders>,
);
