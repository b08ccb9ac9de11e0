/** Languages that ship complete. */
export const languages = ["en", "zh-Hans"] as const;

/** A BCP 47 tag of a shipped language. */
export type Language = (typeof languages)[number];

/** Each language's own name, as a language menu shows it. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  "zh-Hans": "简体中文",
};

/** The best shipped language for an ordered list of a browser's or person's preferred tags. */
export function pickLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const lower = tag.toLowerCase();
    if (lower === "zh" || lower.startsWith("zh-")) return "zh-Hans";
    if (lower === "en" || lower.startsWith("en-")) return "en";
  }
  return "en";
}
