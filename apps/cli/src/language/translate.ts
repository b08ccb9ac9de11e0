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

function matchTemplate(template: string, sentence: string): readonly string[] | null {
  const pattern = template.split("{}").map(escapePattern).join("(.+?)");
  return new RegExp(`^${pattern}$`, "su").exec(sentence)?.slice(1) ?? null;
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
