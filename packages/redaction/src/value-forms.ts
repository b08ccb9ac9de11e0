/** Shorter values would hit ordinary words. */
export const shortestSecret = 6;
/** A line of a longer value counts by itself from this length on. */
const shortestLine = 16;
const shortestEncoded = 8;

/**
 * All forms in which a value can stand in a text: as it is, quoted for JSON once or twice, for URLs
 * and for HTML, as hexadecimal digits and as base64 at each of its three alignments.
 */
export function formsOfValue(value: string): readonly string[] {
  const lines = value.includes("\n")
    ? value.split(/\r?\n/).filter((line) => line.trim().length >= shortestLine)
    : [];
  const forms = [value, ...lines.map((line) => line.trim())].flatMap((text) => encoded(text));
  return [...new Set(forms)];
}

function encoded(value: string): readonly string[] {
  const bytes = Buffer.from(value, "utf8");
  const inJson = quotedFor(value);
  const plain = [value, inJson, quotedFor(inJson), escapedAscii(inJson), inHtml(value)];
  const hex = bytes.toString("hex");
  return [
    ...plain.filter((form) => form.length >= shortestSecret),
    ...inUrls(value).filter((form) => form.length >= shortestSecret),
    ...[hex, hex.toUpperCase()].filter((form) => form.length >= 2 * shortestEncoded),
    ...inBase64(bytes).filter((form) => form.length >= shortestEncoded),
  ];
}

const quotedFor = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Many programs write everything beyond ASCII as `\uXXXX`. */
function escapedAscii(text: string): string {
  return text.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function inHtml(value: string): string {
  const named: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return value.replaceAll(/[&<>"']/g, (sign) => named[sign] ?? sign);
}

/** Programs differ in which signs they encode, in blanks, and in the case of digits. */
function inUrls(value: string): readonly string[] {
  const usual = encodeURIComponent(value.toWellFormed());
  const strict = usual.replaceAll(
    /[!'()*~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const spelt = [usual, strict, encodeURI(value.toWellFormed())];
  return spelt.flatMap((form) => {
    const small = form.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    return [form, small].flatMap((one) => [one, one.replaceAll("%20", "+")]);
  });
}

/** At each alignment what stays the same wherever the value stands; also the alphabet of URLs. */
function inBase64(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const text = shifted.toString("base64").replace(/=+$/, "");
    const start = [0, 2, 3][offset] ?? 0;
    const spill = shifted.length % 3 === 0 ? 0 : 1;
    const stable = text.slice(start, text.length - spill);
    return [stable, stable.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
