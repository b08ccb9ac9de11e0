import type { Plugin } from "vite";

/** The app itself, the board, and the words on it: what the browser asks for before the first card. */
export const firstRoute = [
  "src/main.tsx",
  "src/issues/issues-page.tsx",
  "src/i18n/en/first-texts.ts",
] as const;

/**
 * Which modules the first route reaches without a dynamic import; known when all are read. A file of
 * what many pages share is on the way to the first card only if nothing rare gets into it.
 */
export function trackFirstRoute(): { readonly plugin: Plugin; has(id: string): boolean } {
  const reached = new Set<string>();
  return {
    has: (id) => reached.has(id),
    plugin: {
      name: "track-first-route",
      apply: "build",
      buildEnd(error) {
        if (error) return;
        const waiting = [...this.getModuleIds()].filter((id) =>
          firstRoute.some((file) => id.endsWith(`apps/web/${file}`)),
        );
        if (waiting.length < firstRoute.length)
          throw new Error("A file of the first route is gone.");
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          if (reached.has(id)) continue;
          reached.add(id);
          waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      },
    },
  };
}
