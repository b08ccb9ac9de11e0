import { createRedactor } from "@headcount/redaction/redactor";
import { hostileTexts } from "@headcount/redaction/hostile-texts.fixture";
import { atLeast, atMost, type Figure, progress } from "../lib/figures.ts";

const textMb = 4;
const values = 50;
const line =
  "the quick brown fox jumps over src/app/main.ts:12 const x = foo(bar); // token here\n";

/**
 * Everything that agents say is looked through before it leaves a machine. Fifty agents that print
 * 40 lines a second each say less than a megabyte a second.
 */
export function benchRedaction(): readonly Figure[] {
  progress(`looking through ${textMb} MB for secrets`);
  const secrets = Array.from({ length: values }, (_, index) => `made-up-secret-${index}-value`);
  const redactor = createRedactor({ secrets, homes: ["/home/ann"] });
  const text = line.repeat(Math.ceil((textMb * 1e6) / line.length));
  const usual = textMb / seconds(() => redactor.redact(text));
  const plain = textMb / seconds(() => replaceEach(text, secrets));
  const worst = Math.max(
    ...hostileTexts(1_000_000).map((hostile) => seconds(() => redactor.redact(hostile)) * 1_000),
  );
  return [
    atLeast({
      name: `what agents say, looked through for ${values} values and every shape of key`,
      value: usual,
      unit: "MB/s",
      target: 5,
      baseline: plain,
    }),
    atMost({
      name: "1 MB that nearly matches everywhere, the worst of all",
      value: worst,
      unit: "ms",
      target: 3_000,
      baseline: null,
    }),
  ];
}

/** Values only and one by one, as they stand and in two encodings. */
function replaceEach(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString("base64")])
    .reduce((rest, form) => rest.replaceAll(form, "[redacted]"), text);
}

function seconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
