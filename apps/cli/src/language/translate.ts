import { chineseSentences } from "./chinese-sentences.ts";
import type { Language } from "./language.ts";

/**
 * This program's own sentences in the person's language. The English sentence is the key, `{}`
 * stands for what changes; sentences without a translation stay as they are.
 */
export function translate(sentence: string, language: Language): string {
  if (language === "en") return sentence;
  for (const [english, chinese] of chineseSentences) {
    const values = matchTemplate(english, sentence);
    if (!values) continue;
    const left = [...values];
    return chinese.replaceAll("{}", () => left.shift() ?? "");
  }
  return sentence;
}

/**
 * The same for what the server has said in several sentences: each by itself, so that none takes the
 * next one for its value.
 */
export function translateSentences(text: string, language: Language): string {
  if (language === "en") return text;
  const said = text
    .split(/(?<=[.?!]) (?=\p{Lu})/u)
    .map((sentence) => translate(sentence, language));
  return said.reduce((all, next) => (/[。？！]$/u.test(all) ? all + next : `${all} ${next}`));
}

/** Whether a sentence is made from a template. */
export const fits = (template: string, sentence: string): boolean =>
  matchTemplate(template, sentence) !== null;

function matchTemplate(template: string, sentence: string): readonly string[] | null {
  return patternOf(template).exec(sentence)?.slice(1) ?? null;
}

const patterns = new Map<string, RegExp>();

/** Made once: each cell of a table is compared with every sentence. */
function patternOf(template: string): RegExp {
  const known = patterns.get(template);
  if (known !== undefined) return known;
  const words = template.split("{}").map(escapePattern).join("(.+?)");
  const pattern = new RegExp(`^${words}$`, "su");
  patterns.set(template, pattern);
  return pattern;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
