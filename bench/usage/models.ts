/** A model with its price per token, 1e-12 US dollars; without one where none is known. */
export type BenchModel = {
  readonly provider: string;
  readonly model: string;
  readonly rates: { input: number; cacheRead: number; cacheWrite: number; output: number } | null;
};

const anthropic = (model: string, input: number): BenchModel => ({
  provider: "anthropic",
  model,
  rates: { input, cacheRead: input / 10, cacheWrite: (input * 5) / 4, output: input * 5 },
});

const other = (provider: string, model: string, input: number, output: number): BenchModel => ({
  provider,
  model,
  rates: { input, cacheRead: input / 10, cacheWrite: input, output },
});

/** Fifteen models at about their list prices; the last one is nobody's, and unpriced. */
export const benchModels: readonly BenchModel[] = [
  anthropic("claude-opus-4-5", 5_000_000),
  anthropic("claude-opus-4-1", 15_000_000),
  anthropic("claude-sonnet-4-5", 3_000_000),
  anthropic("claude-haiku-4-5", 1_000_000),
  anthropic("claude-sonnet-4-6", 3_000_000),
  other("openai", "gpt-5", 1_250_000, 10_000_000),
  other("openai", "gpt-5-mini", 250_000, 2_000_000),
  other("openai", "gpt-5.1", 1_250_000, 10_000_000),
  other("openai", "gpt-5.3-codex", 1_750_000, 14_000_000),
  other("openai", "gpt-5.4", 2_500_000, 15_000_000),
  other("google", "gemini-2.5-pro", 1_250_000, 10_000_000),
  other("google", "gemini-2.5-flash", 300_000, 2_500_000),
  other("google", "gemini-3-flash-preview", 500_000, 3_000_000),
  other("google", "gemini-3-pro-preview", 2_000_000, 12_000_000),
  { provider: "local", model: "house-model-70b", rates: null },
];
