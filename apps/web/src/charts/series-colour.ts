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

/** Shares of a family's colour that tell its members apart. */
const shades = [100, 62, 38];

/** Colours for a list of models: the family's colour, paler for each further member of it. */
export function modelColours(models: readonly string[]): readonly string[] {
  const used = new Map<string, number>();
  return models.map((model) => {
    const colour = modelColour(model);
    const before = used.get(colour) ?? 0;
    used.set(colour, before + 1);
    const shade = shades[Math.min(before, shades.length - 1)] ?? 100;
    return shade === 100 ? colour : `color-mix(in oklab, ${colour} ${shade}%, var(--raised))`;
  });
}

/** A model's colour: fixed per family, so that it means the same on every page. */
export function modelColour(model: string): string {
  const name = model.toLowerCase();
  const family = families.find(([pattern]) => pattern.test(name));
  return family === undefined ? otherColour : `var(--series-${family[1]})`;
}
