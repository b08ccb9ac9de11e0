import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { calcPrice, waitForUpdate } from "@pydantic/genai-prices";
import { describe, expect, it } from "vitest";
import { picoPerToken } from "./catalogue-price-book.ts";
import { type PriceBook, withModels } from "./price-book.ts";
import { isPriced, priceEvent, type PricedUsage, type UsageToPrice } from "./price-event.ts";
import { catalogueVersion, shippedPriceBook } from "./shipped-price-book.ts";
import { type TokenCounts, zeroTokens } from "./token-counts.ts";

const at = new Date("2026-11-21T12:00:00Z");
const use = (over: Partial<UsageToPrice> = {}): UsageToPrice => ({
  provider: "anthropic",
  model: "claude-opus-4-5",
  at,
  tokens: { ...zeroTokens, input: 1_000_000n },
  calls: "one",
  ...over,
});
const price = (over: Partial<UsageToPrice> = {}): PricedUsage =>
  priceEvent(shippedPriceBook, use(over));
const unpriced = { unpriced: true };

describe("picoPerToken", () => {
  it.each([
    [0.075, 75_000n],
    [3, 3_000_000n],
    [0, 0n],
    [1e-6, 1n],
    [1e-7, null],
    [0.08333333333333334, null],
    [0.1 + 0.2, null],
    [1e21, 10n ** 27n],
    [Number.NaN, null],
    [-1, null],
  ])("$%d per million tokens is %s pico-dollars per token", (usd, pico) => {
    expect(picoPerToken(usd)).toBe(pico);
  });
});

describe("priceEvent", () => {
  it("prices every class apart, exactly", () => {
    const tokens = {
      input: 3n,
      cacheRead: 7n,
      cacheWrite5m: 11n,
      cacheWrite1h: 13n,
      output: 17n,
      reasoning: 5n,
    };
    // Opus 4.5 per million tokens: 5 in, 0.5 read, 6.25 and 10 written, 25 out.
    const costPico =
      3n * 5_000_000n + 7n * 500_000n + 11n * 6_250_000n + 13n * 10_000_000n + 17n * 25_000_000n;
    expect(price({ tokens })).toEqual({
      unpriced: false,
      costPico,
      priceId: `${catalogueVersion}:anthropic/claude-opus-4-5`,
      estimate: false,
    });
  });

  it("uses the price in force at the time of use", () => {
    const luna = {
      provider: "openai",
      model: "gpt-5.6-luna",
      tokens: { ...zeroTokens, input: 1n },
    };
    expect(price({ ...luna, at: new Date("2026-07-29T23:59:59Z") })).toMatchObject({
      costPico: 1_000_000n,
    });
    expect(price({ ...luna, at: new Date("2026-07-30T00:00:00Z") })).toMatchObject({
      costPico: 200_000n,
      priceId: `${catalogueVersion}:openai/gpt-5.6-luna@2026-07-30`,
    });
  });

  it("uses the tier of the prompt, cache included, strictly above its start", () => {
    const pro = { provider: "google", model: "gemini-2.5-pro" };
    const tokens = { ...zeroTokens, input: 100_000n, cacheRead: 100_000n, output: 1n };
    const small = 100_000n * 1_250_000n + 100_000n * 125_000n + 10_000_000n;
    expect(price({ ...pro, tokens })).toMatchObject({ costPico: small, estimate: false });
    const large = 100_001n * 2_500_000n + 100_000n * 250_000n + 15_000_000n;
    expect(price({ ...pro, tokens: { ...tokens, input: 100_001n } })).toMatchObject({
      costPico: large,
      priceId: `${catalogueVersion}:google/gemini-2.5-pro>200000`,
      estimate: false,
    });
  });

  it("says estimate where the size of each prompt is unknown and could matter", () => {
    const pro = { provider: "google", model: "gemini-2.5-pro", calls: "several" } as const;
    const tokens = { ...zeroTokens, input: 200_000n };
    expect(price({ ...pro, tokens })).toMatchObject({ estimate: false });
    expect(price({ ...pro, tokens: { ...tokens, output: 1n, input: 200_001n } })).toMatchObject({
      estimate: true,
      costPico: 200_001n * 1_250_000n + 10_000_000n,
    });
  });

  it.each([
    ["anthropic", "claude-opus-4-5-20251101", false],
    ["anthropic", "claude-opus-4.5", false],
    ["anthropic", "anthropic/claude-opus-4-5[1m]", false],
    ["Anthropic", "Claude-Opus-4-5", false],
    ["claude", "claude-opus-4-5", false],
    [null, "anthropic/claude-opus-4-5", false],
    [null, "claude-opus-4-5", true],
    ["some-relay", "claude-opus-4-5", true],
  ])("finds %s %s (estimate: %s)", (provider, model, estimate) => {
    expect(price({ provider, model })).toMatchObject({ costPico: 5_000_000_000_000n, estimate });
  });

  it.each([
    ["anthropic", "claude-opus-4-99"],
    ["anthropic", "claude-opus-4-5-turbo"],
    ["anthropic", "claude"],
    ["openai", "gpt-5-mini-something"],
    ["openai", "gpt-5.99"],
    ["ollama", "gpt-oss-20b"],
    ["headcount", "claude-opus-4-5"],
    [null, ""],
    ["", ""],
    ["__proto__", "constructor"],
  ])("never borrows a neighbour's price for %s %s", (provider, model) => {
    expect(price({ provider, model })).toEqual(unpriced);
    expect(isPriced(shippedPriceBook, provider, model)).toBe(false);
  });

  it("does not price a part: a class without an exact rate leaves the event unpriced", () => {
    const flash = { provider: "openrouter", model: "google/gemini-2.5-flash-lite" };
    expect(price(flash)).toMatchObject({ unpriced: false });
    expect(price({ ...flash, tokens: { ...zeroTokens, cacheWrite5m: 1n } })).toEqual(unpriced);
  });

  it("prices the tutorial agent at its made-up list price", () => {
    const tokens: TokenCounts = {
      input: 1_000n,
      cacheRead: 2_000n,
      cacheWrite5m: 100n,
      cacheWrite1h: 0n,
      output: 300n,
      reasoning: 0n,
    };
    expect(price({ provider: "headcount", model: "headcount/tutorial", tokens })).toEqual({
      unpriced: false,
      costPico: 1_000n * 1_000_000n + 2_000n * 100_000n + 100n * 1_250_000n + 300n * 5_000_000n,
      priceId: `${catalogueVersion}:headcount/headcount/tutorial`,
      estimate: false,
    });
  });

  it("wraps daily prices around midnight", () => {
    const rate = (pico: bigint) => ({ basePico: pico, tiers: [] });
    const rates = (pico: bigint) => ({
      input: rate(pico),
      cacheRead: null,
      cacheWrite5m: null,
      cacheWrite1h: null,
      output: null,
      reasoning: null,
    });
    const night = { type: "daily", fromSecond: 79_200, toSecond: 21_600 } as const;
    const book: PriceBook = withModels(shippedPriceBook, [
      {
        provider: "owl",
        id: "hoot",
        periods: [
          { holds: { type: "always" }, rates: rates(9n), chargesRequests: false },
          { holds: night, rates: rates(2n), chargesRequests: false },
        ],
      },
    ]);
    const costAt = (time: string): unknown => {
      const usage = use({ provider: "owl", model: "hoot", at: new Date(time) });
      return priceEvent(book, { ...usage, tokens: { ...zeroTokens, input: 1n } });
    };
    expect(costAt("2026-01-01T21:59:59.999Z")).toMatchObject({ costPico: 9n });
    expect(costAt("2026-01-01T22:00:00Z")).toMatchObject({ costPico: 2n });
    expect(costAt("2026-01-01T05:59:59Z")).toMatchObject({ costPico: 2n });
    expect(costAt("2026-01-01T06:00:00Z")).toMatchObject({ costPico: 9n });
  });
});

describe("shippedPriceBook", () => {
  it("is named after the package that is installed", () => {
    const entry = createRequire(import.meta.url).resolve("@pydantic/genai-prices");
    const manifest: unknown = JSON.parse(
      readFileSync(join(dirname(entry), "..", "package.json"), "utf8"),
    );
    expect(manifest).toMatchObject({ version: catalogueVersion.replace("genai-prices-", "") });
  });

  it("agrees with the catalogue's own calculation for every model, date and tier", async () => {
    const providers = (await waitForUpdate()) ?? [];
    const times = ["2025-06-01T03:00:00Z", "2026-08-01T12:00:00Z", "2026-11-21T20:00:00Z"];
    const sizes: readonly TokenCounts[] = [
      {
        input: 1_234n,
        cacheRead: 567n,
        cacheWrite5m: 0n,
        cacheWrite1h: 0n,
        output: 89n,
        reasoning: 8n,
      },
      {
        input: 150_001n,
        cacheRead: 150_000n,
        cacheWrite5m: 0n,
        cacheWrite1h: 0n,
        output: 7n,
        reasoning: 0n,
      },
      {
        input: 10n,
        cacheRead: 20n,
        cacheWrite5m: 30n,
        cacheWrite1h: 40n,
        output: 50n,
        reasoning: 0n,
      },
    ];
    let compared = 0;
    const differing: string[] = [];
    const refused = new Set<string>();
    for (const provider of providers) {
      for (const model of provider.models) {
        for (const time of times) {
          for (const tokens of sizes) {
            const timestamp = new Date(time);
            const theirs = calcTheirs(model.id, provider.id, timestamp, tokens);
            // Names that the catalogue itself resolves to another entry, or charges by the request.
            if (theirs === null || theirs.model.id !== model.id) continue;
            if (theirs.model_price["requests_kcount"] !== undefined) continue;
            const ours = price({ provider: provider.id, model: model.id, at: timestamp, tokens });
            if (ours.unpriced) {
              refused.add(`${provider.id}/${model.id}`);
              continue;
            }
            compared += 1;
            const usd = Number(ours.costPico) / 1e12;
            if (Math.abs(usd - theirs.total_price) > 1e-9 * Math.max(1, theirs.total_price)) {
              differing.push(`${provider.id}/${model.id} ${time}: ${usd} ≠ ${theirs.total_price}`);
            }
          }
        }
      }
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
    expect([...refused]).toMatchInlineSnapshot(`
      [
        "aws/amazon.titan-embed-text-v1",
        "azure/ada",
        "azure/babbage",
        "azure/curie",
        "azure/davinci",
        "azure/mai-ds-r1:free",
        "azure/phi-4-reasoning-plus:free",
        "azure/phi-4-reasoning:free",
        "azure/text-embedding-3-large",
        "azure/text-embedding-3-small",
        "cerebras/qwen-3-coder-480b",
        "cloudflare/@cf/baai/bge-base-en-v1.5",
        "cloudflare/@cf/baai/bge-large-en-v1.5",
        "cloudflare/@cf/baai/bge-m3",
        "cloudflare/@cf/baai/bge-reranker-base",
        "cloudflare/@cf/baai/bge-small-en-v1.5",
        "cloudflare/@cf/huggingface/distilbert-sst-2-int8",
        "cloudflare/@cf/pfnet/plamo-embedding-1b",
        "cloudflare/@cf/qwen/qwen3-embedding-0.6b",
        "cohere/embed-v4.0",
        "doubleword/Qwen/Qwen3-Embedding-8B",
        "github-copilot/gpt-3.5-turbo",
        "github-copilot/gpt-4.1",
        "github-copilot/gpt-4o",
        "github-copilot/gpt-4o-mini",
        "google/gemini-embedding-001",
        "google/gemini-embedding-2",
        "google/gemma-3",
        "google/gemma-3n",
        "google/gemma-4-26b-a4b-it",
        "google/gemma-4-31b-it",
        "groq/whisper-large-v3",
        "groq/whisper-large-v3-turbo",
        "huggingface_together/Qwen/Qwen3-VL-8B-Instruct",
        "huggingface_together/ServiceNow-AI/Apriel-1.6-15b-Thinker",
        "mistral/devstral-small:free",
        "mistral/mistral-nemo:free",
        "mistral/mistral-ocr-2503",
        "mistral/mistral-ocr-2505",
        "mistral/mistral-ocr-2512",
        "mistral/mistral-ocr-4-0",
        "mistral/mistral-ocr-4-1",
        "mistral/mistral-ocr-latest",
        "mistral/mistral-small-24b-instruct-2501:free",
        "mistral/voxtral-mini-2602",
        "openai/gpt-transcribe",
        "openai/moderation",
        "openai/text-embedding-3-large",
        "openai/text-embedding-3-small",
        "openai/text-embedding-ada-002",
        "openai/whisper-1",
        "openrouter/agentica-org/deepcoder-14b-preview:free",
        "openrouter/allenai/molmo-7b-d:free",
        "openrouter/arliai/qwq-32b-arliai-rpr-v1:free",
        "openrouter/bytedance-research/ui-tars-72b:free",
        "openrouter/cognitivecomputations/dolphin-mistral-24b-venice-edition:free",
        "openrouter/cognitivecomputations/dolphin3.0-mistral-24b:free",
        "openrouter/cognitivecomputations/dolphin3.0-r1-mistral-24b:free",
        "openrouter/deepcoder-14b-preview:free",
        "openrouter/deephermes-3-llama-3-8b-preview:free",
        "openrouter/deepseek-chat-v3-0324:free",
        "openrouter/deepseek-chat:free",
        "openrouter/deepseek-r1-0528-qwen3-8b:free",
        "openrouter/deepseek-r1-0528:free",
        "openrouter/deepseek-r1-distill-llama-70b:free",
        "openrouter/deepseek-r1-distill-qwen-14b:free",
        "openrouter/deepseek-r1-distill-qwen-32b:free",
        "openrouter/deepseek-r1:free",
        "openrouter/deepseek-r1t-chimera:free",
        "openrouter/deepseek-v3-base:free",
        "openrouter/deepseek/deepseek-chat-v3-0324:free",
        "openrouter/deepseek/deepseek-chat:free",
        "openrouter/deepseek/deepseek-r1-distill-llama-70b:free",
        "openrouter/deepseek/deepseek-r1-distill-qwen-14b:free",
        "openrouter/deepseek/deepseek-r1-distill-qwen-32b:free",
        "openrouter/deepseek/deepseek-r1-zero:free",
        "openrouter/deepseek/deepseek-r1:free",
        "openrouter/deepseek/deepseek-v3-base:free",
        "openrouter/devstral-small:free",
        "openrouter/dolphin3.0-mistral-24b:free",
        "openrouter/dolphin3.0-r1-mistral-24b:free",
        "openrouter/featherless/qwerky-72b:free",
        "openrouter/gemini-2.0-flash-exp:free",
        "openrouter/gemini-2.5-pro-exp-03-25",
        "openrouter/gemma-2-9b-it:free",
        "openrouter/gemma-3-12b-it:free",
        "openrouter/gemma-3-27b-it:free",
        "openrouter/gemma-3-4b-it:free",
        "openrouter/gemma-3n-e4b-it:free",
        "openrouter/glm-4-32b:free",
        "openrouter/glm-4.5-air:free",
        "openrouter/glm-z1-32b:free",
        "openrouter/google/gemini-2.0-flash-exp:free",
        "openrouter/google/gemini-2.0-flash-thinking-exp-1219:free",
        "openrouter/google/gemini-2.0-flash-thinking-exp:free",
        "openrouter/google/gemini-2.5-flash-image",
        "openrouter/google/gemini-2.5-flash-lite",
        "openrouter/google/gemini-2.5-pro-exp-03-25:free",
        "openrouter/google/gemini-3-flash-preview",
        "openrouter/google/gemini-3.1-flash-lite",
        "openrouter/google/gemini-3.5-flash",
        "openrouter/google/gemini-flash-1.5-8b-exp",
        "openrouter/google/gemma-2-9b-it:free",
        "openrouter/google/gemma-3-12b-it:free",
        "openrouter/google/gemma-3-1b-it:free",
        "openrouter/google/gemma-3-27b-it:free",
        "openrouter/google/gemma-3-4b-it:free",
        "openrouter/google/gemma-4-26b-a4b-it:free",
        "openrouter/google/gemma-4-31b-it:free",
        "openrouter/google/learnlm-1.5-pro-experimental:free",
        "openrouter/google/lyria-3-clip-preview",
        "openrouter/google/lyria-3-pro-preview",
        "openrouter/huggingfaceh4/zephyr-7b-beta:free",
        "openrouter/internvl3-14b:free",
        "openrouter/internvl3-2b:free",
        "openrouter/kimi-dev-72b:free",
        "openrouter/kimi-vl-a3b-thinking:free",
        "openrouter/liquid/lfm-2.5-1.2b-instruct:free",
        "openrouter/liquid/lfm-2.5-1.2b-thinking:free",
        "openrouter/llama-3.1-8b-instruct:free",
        "openrouter/llama-3.1-nemotron-ultra-253b-v1:free",
        "openrouter/llama-3.2-11b-vision-instruct:free",
        "openrouter/llama-3.2-1b-instruct:free",
        "openrouter/llama-3.3-8b-instruct:free",
        "openrouter/llama-3.3-nemotron-super-49b-v1:free",
        "openrouter/llama-4-maverick:free",
        "openrouter/llama-4-scout:free",
        "openrouter/mai-ds-r1:free",
        "openrouter/meta-llama/llama-3.1-405b:free",
        "openrouter/meta-llama/llama-3.1-8b-instruct:free",
        "openrouter/meta-llama/llama-3.2-11b-vision-instruct:free",
        "openrouter/meta-llama/llama-3.2-1b-instruct:free",
        "openrouter/meta-llama/llama-3.2-3b-instruct:free",
        "openrouter/meta-llama/llama-3.3-70b-instruct:free",
        "openrouter/meta-llama/llama-4-maverick:free",
        "openrouter/meta-llama/llama-4-scout:free",
        "openrouter/mistral-7b-instruct:free",
        "openrouter/mistral-nemo:free",
        "openrouter/mistral-small-24b-instruct-2501:free",
        "openrouter/mistral-small-3.1-24b-instruct:free",
        "openrouter/mistral-small-3.2-24b-instruct:free",
        "openrouter/mistralai/mistral-7b-instruct:free",
        "openrouter/mistralai/mistral-nemo:free",
        "openrouter/mistralai/mistral-small-24b-instruct-2501:free",
        "openrouter/mistralai/mistral-small-3.1-24b-instruct:free",
        "openrouter/moonshotai/kimi-k2.6:free",
        "openrouter/moonshotai/kimi-vl-a3b-thinking:free",
        "openrouter/moonshotai/moonlight-16b-a3b-instruct:free",
        "openrouter/nex-agi/nex-n2-pro:free",
        "openrouter/nousresearch/deephermes-3-llama-3-8b-preview:free",
        "openrouter/nousresearch/hermes-3-llama-3.1-405b:free",
        "openrouter/nvidia/llama-3.1-nemotron-70b-instruct:free",
        "openrouter/nvidia/llama-3.1-nemotron-nano-8b-v1:free",
        "openrouter/nvidia/llama-3.1-nemotron-ultra-253b-v1:free",
        "openrouter/nvidia/llama-3.3-nemotron-super-49b-v1:free",
        "openrouter/nvidia/nemotron-3-nano-30b-a3b:free",
        "openrouter/nvidia/nemotron-3-nano-omni-30b-a3b-reasoning:free",
        "openrouter/nvidia/nemotron-3-super-120b-a12b:free",
        "openrouter/nvidia/nemotron-3-ultra-550b-a55b:free",
        "openrouter/nvidia/nemotron-3.5-content-safety:free",
        "openrouter/nvidia/nemotron-nano-12b-v2-vl:free",
        "openrouter/nvidia/nemotron-nano-9b-v2:free",
        "openrouter/open-r1/olympiccoder-32b:free",
        "openrouter/open-r1/olympiccoder-7b:free",
        "openrouter/openai/gpt-oss-120b:free",
        "openrouter/openai/gpt-oss-20b:free",
        "openrouter/phi-4-reasoning-plus:free",
        "openrouter/phi-4-reasoning:free",
        "openrouter/poolside/laguna-m.1:free",
        "openrouter/poolside/laguna-xs.2:free",
        "openrouter/qwen-2.5-72b-instruct:free",
        "openrouter/qwen-2.5-coder-32b-instruct:free",
        "openrouter/qwen/qwen-2.5-72b-instruct:free",
        "openrouter/qwen/qwen-2.5-7b-instruct:free",
        "openrouter/qwen/qwen-2.5-coder-32b-instruct:free",
        "openrouter/qwen/qwen-2.5-vl-7b-instruct:free",
        "openrouter/qwen/qwen2.5-vl-32b-instruct:free",
        "openrouter/qwen/qwen2.5-vl-3b-instruct:free",
        "openrouter/qwen/qwen2.5-vl-72b-instruct:free",
        "openrouter/qwen/qwen3-coder:free",
        "openrouter/qwen/qwen3-next-80b-a3b-instruct:free",
        "openrouter/qwen/qwq-32b-preview:free",
        "openrouter/qwen/qwq-32b:free",
        "openrouter/qwen2.5-vl-32b-instruct:free",
        "openrouter/qwen2.5-vl-72b-instruct:free",
        "openrouter/qwen3-14b:free",
        "openrouter/qwen3-235b-a22b:free",
        "openrouter/qwen3-30b-a3b:free",
        "openrouter/qwen3-32b:free",
        "openrouter/qwen3-8b:free",
        "openrouter/qwerky-72b:free",
        "openrouter/qwq-32b-arliai-rpr-v1:free",
        "openrouter/qwq-32b:free",
        "openrouter/reka-flash-3:free",
        "openrouter/rekaai/reka-flash-3:free",
        "openrouter/sarvam-m:free",
        "openrouter/shisa-ai/shisa-v2-llama3.3-70b:free",
        "openrouter/shisa-v2-llama3.3-70b:free",
        "openrouter/sophosympatheia/rogue-rose-103b-v0.2:free",
        "openrouter/thudm/glm-4-32b:free",
        "openrouter/thudm/glm-z1-32b:free",
        "openrouter/x-ai/grok-4.1-fast:free",
        "openrouter/~google/gemini-flash-latest",
        "ovhcloud/bge-base-en-v1.5",
        "ovhcloud/bge-m3",
        "ovhcloud/bge-multilingual-gemma2",
        "typesafe/jev-1.13.0",
        "voyageai/voyage-01",
        "voyageai/voyage-02",
        "voyageai/voyage-2",
        "voyageai/voyage-3",
        "voyageai/voyage-3-large",
        "voyageai/voyage-3-lite",
        "voyageai/voyage-3.5",
        "voyageai/voyage-3.5-lite",
        "voyageai/voyage-4",
        "voyageai/voyage-4-large",
        "voyageai/voyage-4-lite",
        "voyageai/voyage-code-2",
        "voyageai/voyage-code-3",
        "voyageai/voyage-context-3",
        "voyageai/voyage-finance-2",
        "voyageai/voyage-large-2",
        "voyageai/voyage-large-2-instruct",
        "voyageai/voyage-law-2",
        "voyageai/voyage-lite-01",
        "voyageai/voyage-lite-01-instruct",
        "voyageai/voyage-lite-02-instruct",
        "voyageai/voyage-multilingual-2",
        "x-ai/grok-voice-latest",
        "x-ai/grok-voice-think-fast-1.0",
        "x-ai/grok-voice-think-fast-2.0",
      ]
    `);
  });
});

function calcTheirs(
  model: string,
  providerId: string,
  timestamp: Date,
  tokens: TokenCounts,
): ReturnType<typeof calcPrice> {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = tokens;
  return calcPrice(
    {
      input_tokens: Number(input + cacheRead + cacheWrite5m + cacheWrite1h),
      cache_read_tokens: Number(cacheRead),
      cache_write_tokens: Number(cacheWrite5m + cacheWrite1h),
      cache_write_1h_tokens: Number(cacheWrite1h),
      output_tokens: Number(output),
      output_reasoning_tokens: Number(reasoning),
    },
    model,
    { providerId, timestamp },
  );
}
