import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRedactor, redacted, redactPatterns } from "./redactor.ts";

const none = { secrets: [], homes: [] };

describe("redaction", () => {
  it.each([
    [`key ${["sk", "made", "up", "0123456789"].join("-")} rest`, `key ${redacted} rest`],
    ["ghp_abcdefghijklmnopqrstuvwx1234", redacted],
    ["token hct_0123456789abcdef", `token ${redacted}`],
    ["AKIAIOSFODNN7EXAMPLE", redacted],
    ["Authorization: Bearer abc.def-ghi", `Authorization: Bearer ${redacted}`],
    ['"x-api-key": "abcdefgh12345"', `"x-api-key": "${redacted}"`],
    ["MY_DB_PASSWORD=hunter2hunter2", `MY_DB_PASSWORD=${redacted}`],
    ["STRIPE_SECRET_KEY='whatever-it-is'", `STRIPE_SECRET_KEY='${redacted}'`],
    ["postgres://app:s3cr3t@db:5432/x", `postgres://app:${redacted}@db:5432/x`],
    ['{"access_token":"a b c"}', `{"access_token":"${redacted}"}`],
  ])("hides %s", (text, shown) => {
    expect(redactPatterns(text)).toBe(shown);
  });

  it("hides a whole private key block", () => {
    const block = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----";
    expect(redactPatterns(`a\n${block}\nb`)).toBe(`a\n${redacted}\nb`);
  });

  it.each([
    "const token = readToken()",
    "the password field is required",
    "sk-short",
    "max_tokens: 4096",
  ])("leaves %s alone", (text) => {
    expect(redactPatterns(text)).toBe(text);
  });

  it("hides exact values in plain, URL, JSON and base64 form at every alignment", () => {
    const secret = 'p@ss "wörd"/+& 42';
    const { redact } = createRedactor({ secrets: [secret], homes: [] });
    expect(redact(`x ${secret} y`)).toBe(`x ${redacted} y`);
    expect(redact(`q=${encodeURIComponent(secret)}&z`)).toBe(`q=${redacted}&z`);
    expect(redact(JSON.stringify({ v: secret }))).toBe(`{"v":"${redacted}"}`);
    for (const before of ["", "a", "ab"]) {
      const encoded = Buffer.from(`${before}${secret} tail`).toString("base64");
      expect(redact(encoded)).toContain(redacted);
    }
  });

  it("ignores values too short to be a secret", () => {
    expect(createRedactor({ secrets: ["a", "yes"], homes: [] }).redact("yes, a test")).toBe(
      "yes, a test",
    );
  });

  it("INV-62 shows home folders as ~ and only whole names", () => {
    const { redact } = createRedactor({ secrets: [], homes: ["/home/ann", "/home/ann/work"] });
    expect(redact("/home/ann/x /home/anna/x /home/ann/work/y /home/ann")).toBe(
      "~/x /home/anna/x ~/y ~",
    );
  });

  it("finds a secret however the text is split into chunks", () => {
    const secret = "correct-horse-battery-staple";
    const redactor = createRedactor({ secrets: [secret], homes: [] });
    const text = `${"word ".repeat(200)}${secret} Authorization: Bearer ${"k".repeat(80)} ${"more ".repeat(200)}`;
    const whole = redactor.redact(text);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), (cuts) => {
        const stream = redactor.stream();
        const points = [0, ...cuts, text.length].toSorted((left, right) => left - right);
        const shown = points
          .slice(1)
          .map((end, index) => stream.push(text.slice(points[index], end)))
          .join("");
        expect(shown + stream.end()).toBe(whole);
      }),
    );
  });

  it("lets a long text through before its end", () => {
    const stream = createRedactor(none).stream();
    expect(stream.push("word ".repeat(1000)).length).toBeGreaterThan(3000);
  });
});
