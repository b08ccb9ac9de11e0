import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { counters, histograms, type Metrics } from "./metrics.ts";

/** A number that is looked up when somebody asks. */
export type GaugeReading = {
  readonly name: string;
  readonly help: string;
  /** By label; a number without labels has one entry without any. */
  readonly values: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number;
  }[];
};

export type MetricsRegistry = {
  readonly metrics: Metrics;
  readonly contentType: string;
  /** Everything in Prometheus' text format, with what has just been looked up. */
  render(readings: readonly GaugeReading[]): Promise<string>;
};

/** One registry per server, so that two servers in one process do not mix. */
export function createRegistry(): MetricsRegistry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const madeCounters = new Map(
    Object.entries(counters).map(([name, { help, labels }]) => [
      name,
      new Counter({ name, help, labelNames: [...labels], registers }),
    ]),
  );
  const madeHistograms = new Map(
    Object.entries(histograms).map(([name, { help, labels, bounds }]) => [
      name,
      new Histogram({ name, help, labelNames: [...labels], buckets: [...bounds], registers }),
    ]),
  );
  return {
    metrics: {
      count: (name, amount, labels) => madeCounters.get(name)?.inc(labels, amount),
      observe: (name, value, labels) => madeHistograms.get(name)?.observe(labels, value),
    },
    contentType: registry.contentType,
    async render(readings) {
      const looked = new Registry();
      for (const { name, help, values } of readings) {
        const labelNames = Object.keys(values[0]?.labels ?? {});
        const gauge = new Gauge({ name, help, labelNames, registers: [looked] });
        for (const { labels, value } of values) gauge.set(labels, value);
      }
      return `${await registry.metrics()}\n${await looked.metrics()}`;
    },
  };
}
