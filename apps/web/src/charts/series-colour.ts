/** Eight colours for series; the ninth and later fold into "other". */
export const seriesColours = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => `var(--series-${index})`);

export const otherColour = "var(--series-other)";

const families: readonly (readonly [RegExp, number])[] = [
  [/opus|sonnet|haiku|claude|fable/, 2],
  [/gpt|codex|^o\d/, 3],
  [/gemini|gemma/, 1],
  [/qwen/, 8],
  [/kimi|moonshot/, 4],
  [/deepseek/, 5],
  [/glm/, 7],
  [/grok|mistral|llama/, 6],
];

/** A model's colour: fixed per family, so that it means the same on every page. */
export function modelColour(model: string): string {
  const name = model.toLowerCase();
  const family = families.find(([pattern]) => pattern.test(name));
  return family === undefined ? otherColour : `var(--series-${family[1]})`;
}
