export type Language = "en" | "zh-Hans";

/** Language of this program's own sentences, by the usual variables of the shell. */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale =
    environment["HEADCOUNT_LANGUAGE"] ||
    environment["LC_ALL"] ||
    environment["LC_MESSAGES"] ||
    environment["LANG"] ||
    "";
  return /^zh\b/i.test(locale.replaceAll("_", "-")) ? "zh-Hans" : "en";
}
