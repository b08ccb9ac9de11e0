import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { trackFirstRoute } from "./first-route.ts";

const apiOrigin = "http://127.0.0.1:8080";

const everyPageNeeds =
  /node_modules\/(react|react-dom|scheduler|zod|zustand|@tanstack\/(react-query|query-core|react-router|router-core|react-store|store|history)|@radix-ui\/react-(slot|compose-refs))\//;

/** What menus, dialogs and tooltips are made of; fetched after the first page is on screen. */
const floatingNeeds =
  /node_modules\/(@floating-ui|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-sidecar|use-callback-ref|aria-hidden|@radix-ui\/react-(?!slot|compose-refs|select|switch|checkbox|tabs|radio-group)[a-z-]+|@radix-ui\/primitive)\//;

/** Our own part of the same; what opens on demand stays in files of its own. */
const everyPageShares =
  /apps\/web\/src\/(data|realtime|shell|workspaces|ui)\/(?!feed\.|markdown|palette|shortcut-dialog|combobox|select|table|switch|tabs|checkbox|menu|user-menu|workspace-switcher|workspace-form|new-workspace|tooltip-layer|popover|dialog|drawer|filter-menu)|apps\/web\/src\/(i18n\/[a-z-]+\.ts|[a-z]+\/[a-z-]+-(search|steps|store)\.ts|issues\/(toggled|pick\/use-choices|board\/(use-board|board-data|column-store))\.|tasks\/task-state-of)|packages\/(client|contract|domain)\/src\/(?!feed)/;

const firstRoute = trackFirstRoute();

const zodJsonSchema = /node_modules\/zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/;

/**
 * zod ties its JSON Schema writer to every schema, where no bundler can drop it. The browser never
 * writes JSON Schema, so its functions become empty there: 8 kB gzipped less on the first load.
 */
const withoutJsonSchema: Plugin = {
  name: "without-json-schema",
  apply: "build",
  transform(code, id) {
    if (!zodJsonSchema.test(id)) return null;
    const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map((match) => match[1]);
    const empty = names.map((name) => `export const ${name} = () => () => undefined;`);
    return {
      code: [
        ...empty,
        id.endsWith("to-json-schema.js") ? "export { processSchema as process };" : "",
      ].join("\n"),
      map: null,
    };
  },
};

const zodEnglish = /node_modules\/zod\/v4\/locales\/en\.js$/;

/** Forms say in the reader's language what is wrong; zod's own English sentences are never shown. */
const withoutZodSentences: Plugin = {
  name: "without-zod-sentences",
  apply: "build",
  transform(_code, id) {
    if (!zodEnglish.test(id)) return null;
    return {
      code: 'export default () => ({ localeError: () => "Invalid input" });',
      map: null,
    };
  },
};

/** Asks for the one font that every page shows together with the style sheet that names it. */
const preloadFont: Plugin = {
  name: "preload-font",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((file) =>
        /inter-latin-wght-.*\.woff2$/.test(file),
      );
      if (font === undefined) throw new Error("The build holds no Inter.");
      const attrs = {
        rel: "preload",
        as: "font",
        type: "font/woff2",
        href: `/${font}`,
        crossorigin: true,
      };
      return [{ tag: "link", attrs, injectTo: "head" }];
    },
  },
};

const contractRoutes = /packages\/contract\/src\/[a-z-]+\/[a-z-]*routes?\.ts$/;

/** What a route says about itself in documentation is never read in the browser. */
const withoutSummaries: Plugin = {
  name: "without-summaries",
  apply: "build",
  transform(code, id) {
    if (!contractRoutes.test(id)) return null;
    return { code: code.replaceAll(/\bsummary:\s*"(?:[^"\\]|\\.)*",?/g, ""), map: null };
  },
};

/** The browser app: one static folder that the server hands out; `/api` is the server's in development too. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [
    react(),
    tailwindcss(),
    withoutJsonSchema,
    withoutZodSentences,
    withoutSummaries,
    preloadFont,
    firstRoute.plugin,
  ],
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": { target: apiOrigin, ws: true, changeOrigin: false } },
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // light-dark() and oklch() are native from these versions on.
    target: ["chrome125", "firefox128", "safari18"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // One file of what every page needs compresses better than forty small ones; another
            // holds what pages share, but not the first one.
            { name: "vendor", test: everyPageNeeds },
            { name: "core", test: (id) => everyPageShares.test(id) && firstRoute.has(id) },
            { name: "shared", test: everyPageShares },
            { name: "floating", test: floatingNeeds },
          ],
        },
      },
    },
  },
});
