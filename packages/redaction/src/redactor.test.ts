import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patientMs } from "@headcount/testkit/patience";
import { hostileTexts } from "./hostile-texts.fixture.ts";
import type { RedactingStream } from "./redacting-stream.ts";
import { createRedactor, redacted, redactPatterns } from "./redactor.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const run = (length: number): string => "a1B2c3D4e5F6g7H8".repeat(16).slice(0, length);
const hex = (length: number): string => "0123456789abcdef".repeat(8).slice(0, length);
const vendorKeys: readonly (readonly [vendor: string, key: string])[] = [
  ["Anthropic key", `sk-ant-api03-${run(90)}`],
  ["OpenAI key", `sk-proj-${run(60)}`],
  ["OpenRouter key", `sk-or-v1-${hex(64)}`],
  ["Google key", `AIza${run(35)}`],
  ["Google secret", `GOCSPX-${run(28)}`],
  ["GitHub token", `github_pat_${run(40)}`],
  ["GitHub server token", `ghs_${run(36)}`],
  ["GitLab token", `glpat-${run(20)}`],
  ["GitLab runner token", `glrt-${run(20)}`],
  ["Slack token", `xoxb-${run(40)}`],
  ["Slack app token", `xapp-1-${run(40)}`],
  ["Telegram token", `123456789:AA${run(33)}`],
  ["Stripe key", `sk_live_${run(24)}`],
  ["Stripe webhook secret", `whsec_${run(32)}`],
  ["Shopify token", `shpat_${hex(32)}`],
  ["SendGrid key", `SG.${run(22)}.${run(43)}`],
  ["npm token", `npm_${run(36)}`],
  ["PyPI token", `pypi-${run(60)}`],
  ["Docker token", `dckr_pat_${run(27)}`],
  ["Hugging Face token", `hf_${run(34)}`],
  ["Groq key", `gsk_${run(52)}`],
  ["xAI key", `xai-${run(60)}`],
  ["Replicate key", `r8_${run(37)}`],
  ["NVIDIA key", `nvapi-${run(64)}`],
  ["DigitalOcean token", `dop_v1_${hex(64)}`],
  ["Databricks token", `dapi${hex(32)}`],
  ["Vault token", `hvs.${run(30)}`],
  ["Atlassian token", `ATATT3${run(60)}`],
  ["Linear key", `lin_api_${run(40)}`],
  ["Notion key", `ntn_${run(43)}`],
  ["Figma key", `figd_${run(40)}`],
  ["Vercel token", `vcp_${run(56)}`],
  ["Supabase token", `sbp_${hex(40)}`],
  ["PlanetScale token", `pscale_tkn_${run(40)}`],
  ["Grafana token", `glsa_${run(40)}`],
  ["Tailscale key", `tskey-auth-${run(30)}`],
  ["AWS key id", "AKIAIOSFODNN7EXAMPLE"],
  ["JSON web token", `eyJ${run(30)}.eyJ${run(60)}.${run(43)}`],
  ["age key", `AGE-SECRET-KEY-1${"QPZRY9X8GF2TVDW0".repeat(4).slice(0, 58)}`],
];

const asciiJson = (value: string): string =>
  JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u00${unit.charCodeAt(0).toString(16)}`,
  );
const smallEscapes = (text: string): string =>
  text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

const inHtml = (value: string): string =>
  value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

const none = { secrets: [], homes: [] };

/** Any code point but half a pair. The library's own unit of that kind needs a second to be made. */
const anyCharacter = fc
  .integer({ min: 0, max: 0x10_ffff - 0x800 })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));

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
    ["AUTHORIZATION: BEARER ABC.DEF-GHI", `AUTHORIZATION: BEARER ${redacted}`],
    ['{"Refresh_Token":"a b c"}', `{"Refresh_Token":"${redacted}"}`],
    ["MY_SSH_KEY=abcdef123", `MY_SSH_KEY=${redacted}`],
    ["rk_live_abcdefghijklmnop12", redacted],
    ["ya29.abcdefghijklmnopqrstuvwx", redacted],
    ["HTTPS://me:s3cret@host", `HTTPS://me:${redacted}@host`],
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
    "access_token = readToken(request)",
    "const API_KEY = process.env.API_KEY",
    "if (password === undefined) throw new Error()",
    "npm install @scope/pkg --registry https://registry.npmjs.org:443/@scope/pkg",
    "see https://host:8080/path?x=1 and mail me@host",
    "git log --oneline -- src/token.ts",
    "commit 5cf2f2a9b1c34d5e6f708192a3b4c5d6e7f80912",
    "task-sk-1 and risk-free-thing-that-goes-on",
    "tokens: 123456789",
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

  it.each([
    ["as it is", (value: string) => value],
    ["in a JSON string of a JSON string", (value: string) => JSON.stringify(JSON.stringify(value))],
    ["in JSON that is all ASCII", (value: string) => asciiJson(value)],
    ["in a URL with small digits", (value: string) => smallEscapes(encodeURIComponent(value))],
    ["in a form", (value: string) => new URLSearchParams({ value }).toString()],
    ["in HTML", (value: string) => `<b>${inHtml(value)}</b>`],
    ["in hexadecimal digits", (value: string) => Buffer.from(value).toString("hex")],
    ["in base64 of URLs", (value: string) => Buffer.from(`~?${value}`).toString("base64url")],
    [
      "as basic credentials",
      (value: string) => `Basic ${Buffer.from(`me:${value}`).toString("base64")}`,
    ],
  ])("hides an exact value %s", (_form, form) => {
    const secret = 'p@ss "wörd"/+&<42>~';
    const shown = createRedactor({ secrets: [secret], homes: [] }).redact(`x ${form(secret)} y`);
    expect(shown).toContain(redacted);
    for (const trace of ["p@ss", "p%40ss", "wörd", "w%C3%B6rd", "70407373", secret]) {
      expect(shown).not.toContain(trace);
    }
  });

  it("hides the lines of a value of several lines, wherever they stand", () => {
    const lines = ["first-line-0123456789", "second-line-0123456789"];
    const { redact } = createRedactor({ secrets: [lines.join("\n")], homes: [] });
    expect(redact(`1: ${lines[0]}\n2: ${lines[1]}`)).toBe(`1: ${redacted}\n2: ${redacted}`);
  });

  it("hides all of two values that overlap", () => {
    const { redact } = createRedactor({ secrets: ["abcdefgh", "efghijklmnop"], homes: [] });
    expect(redact("-abcdefghijklmnop-")).toBe(`-${redacted}-`);
  });

  it.each(vendorKeys)("hides a %s", (_vendor, key) => {
    expect(redactPatterns(`the key is ${key} .`)).toBe(`the key is ${redacted} .`);
    expect(redactPatterns(JSON.stringify({ key }))).not.toContain(key.slice(-12));
  });

  it.each([
    ['password: "hunter2 hunter2"', `password: "${redacted}"`],
    ["db_password='it\\'s me'", `db_password='${redacted}'`],
    ['{\\"api_key\\":\\"abc\\",\\"n\\":1}', `{\\"api_key\\":\\"${redacted}\\",\\"n\\":1}`],
    ["mysql --password=hunter22 -u me", `mysql --password=${redacted} -u me`],
    ["tool --api-key hunter22 run", `tool --api-key ${redacted} run`],
    ["PRIVATE-TOKEN: abcdefghij", `PRIVATE-TOKEN: ${redacted}`],
    ["git clone https://me:s3cr3t@host/x.git", `git clone https://me:${redacted}@host/x.git`],
    ["Set-Cookie: sid=0123456789abcdef0; Path=/", `Set-Cookie: sid=${redacted}; Path=/`],
  ])("hides what a name gives away: %s", (text, shown) => {
    expect(redactPatterns(text)).toBe(shown);
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

  it("INV-83 no piece of a value comes through, however it is encoded and split", () => {
    const value = fc
      .string({ minLength: 12, maxLength: 60, unit: anyCharacter })
      .filter((text) => text.trim().length >= 12);
    const encodings: readonly ((text: string) => string)[] = [
      (text) => text,
      (text) => JSON.stringify(text),
      (text) => encodeURIComponent(text.toWellFormed()),
      (text) => Buffer.from(text).toString("base64"),
      (text) => Buffer.from(` ${text}`).toString("base64url"),
    ];
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(...encodings),
        fc.array(fc.nat(4_000)),
        (secret, encode, cuts) => {
          const hidden = encode(secret);
          const text = `${"filler text ".repeat(150)}${hidden}${" more of it".repeat(150)}`;
          const shown = streamed(
            createRedactor({ secrets: [secret], homes: [] }).stream(),
            text,
            cuts,
          );
          expect(shown).toContain(redacted);
          // What an encoding shares with its surroundings at either end tells nothing.
          expect(shown).not.toContain(hidden.slice(4, -4));
        },
      ),
    );
  });

  it.each([
    [60, "\n"],
    [64, "\n"],
    [76, "\n"],
    [76, "\r\n"],
    [76, "\\n"],
    [76, "\\r\\n"],
  ])(
    "INV-83 hides a value in base64 in lines of %i signs with %j between them",
    (width, between) => {
      const secret = "correct-horse-battery-staple-0123456789-and-so-on-and-so-forth-to-the-end";
      const redactor = createRedactor({ secrets: [secret], homes: [] });
      for (let before = 0; before < 80; before += 1) {
        const plain = `${"x".repeat(before)}${secret}${"y".repeat(200)}`;
        const encoded = Buffer.from(plain).toString("base64");
        const lines = encoded.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
        const text = `$ env | base64\n${lines.join(between)}\nand ${"more words ".repeat(200)}`;
        const traces = [0, 1, 2].map((shift) =>
          Buffer.from(secret.slice(20 + shift))
            .toString("base64")
            .slice(2, 14),
        );
        const shown = [
          redactor.redact(text),
          streamed(redactor.stream(), text, [before * 3, 90 + before, 160, 200 + 7 * before]),
        ];
        for (const one of shown) {
          expect(one).toContain(redacted);
          for (const trace of traces) expect(one.replaceAll(between, "")).not.toContain(trace);
        }
      }
    },
  );

  it("lets long text without any blank through, and holds back no more than it must", () => {
    const stream = createRedactor(none).stream();
    let shown = 0;
    for (let chunk = 0; chunk < 200; chunk += 1)
      shown += stream.push("0123456789abcdef".repeat(64)).length;
    expect(200 * 1_024 - shown).toBeLessThan(8_192);
    expect(shown + stream.end().length).toBe(200 * 1_024);
  });

  it(
    "takes time in proportion to the text, also to one that nearly matches everywhere",
    { timeout: patientMs(60_000) },
    () => {
      // A rule that looks back or ahead without a bound would take hours for these.
      for (const text of hostileTexts(150_000)) {
        const shown = redactPatterns(text);
        expect(shown.length).toBeLessThanOrEqual(text.length * 2);
        const stream = createRedactor(none).stream();
        for (let at = 0; at < 50_000; at += 10_000) stream.push(text.slice(at, at + 10_000));
        stream.end();
      }
    },
  );
});

function streamed(stream: RedactingStream, text: string, cuts: readonly number[]): string {
  const points = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length];
  const sorted = points.toSorted((left, right) => left - right);
  const pieces = sorted.slice(1).map((end, index) => stream.push(text.slice(sorted[index], end)));
  return pieces.join("") + stream.end();
}
