/** Eight colours for series; the ninth and later fold into "other". */
const seriesColours = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => `var(--series-${index})`);

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
  return shaded(models, modelColour);
}

/** Colours for a list of agents, projects or classes by their ids: each has the same on every page. */
export function idColours(ids: readonly string[]): readonly string[] {
  return shaded(ids, idColour);
}

/** Who shares a colour is told apart by its shade, by name and not by size: sizes change all day. */
function shaded(names: readonly string[], colourOf: (name: string) => string): readonly string[] {
  const sorted = names.toSorted();
  return names.map((name) => {
    const colour = colourOf(name);
    const before = sorted.slice(0, sorted.indexOf(name)).filter((one) => colourOf(one) === colour);
    const shade = shades[Math.min(before.length, shades.length - 1)] ?? 100;
    return shade === 100 ? colour : `color-mix(in oklab, ${colour} ${shade}%, var(--raised))`;
  });
}

function idColour(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return seriesColours[sum % seriesColours.length] ?? otherColour;
}

/** A model's colour: fixed per family, so that it means the same on every page. */
export function modelColour(model: string): string {
  const name = model.toLowerCase();
  const family = families.find(([pattern]) => pattern.test(name));
  return family === undefined ? otherColour : `var(--series-${family[1]})`;
}
