import type { Language } from "./language.ts";

type Forms = { readonly [Category in Intl.LDMLPluralRule]?: string } & { readonly other: string };

const rules = new Map<Language, Intl.PluralRules>();
const numbers = new Map<Language, Intl.NumberFormat>();

/** The form for `count` by the language's own plural rules; every `#` in it becomes the grouped number. */
export function plural(language: Language, count: number, forms: Forms): string {
  const form = forms[rulesOf(language).select(count)] ?? forms.other;
  return form.replaceAll("#", numberFormatOf(language).format(count));
}

function rulesOf(language: Language): Intl.PluralRules {
  const known = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, known);
  return known;
}

function numberFormatOf(language: Language): Intl.NumberFormat {
  const known = numbers.get(language) ?? new Intl.NumberFormat(language);
  numbers.set(language, known);
  return known;
}
