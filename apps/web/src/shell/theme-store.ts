import { create } from "zustand";

/** The order of a theme menu. */
export const themes = ["system", "light", "dark"] as const;

export type Theme = (typeof themes)[number];

const storageKey = "headcount.theme";

/** The theme chosen in this browser. `before-paint.js` applies the same key before the first paint. */
export const themeStore = create<{ readonly theme: Theme }>(() => ({ theme: storedTheme() }));

/** Applies a theme and remembers it in this browser. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(storageKey);
    delete document.documentElement.dataset["theme"];
  } else {
    localStorage.setItem(storageKey, theme);
    document.documentElement.dataset["theme"] = theme;
  }
  themeStore.setState({ theme });
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return themes.find((theme) => theme === stored) ?? "system";
}
