import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const apiOrigin = "http://127.0.0.1:8080";

const everyPageNeeds =
  /node_modules\/(react|react-dom|scheduler|zod|zustand|@tanstack\/(react-query|query-core|react-router|router-core|react-store|store|history)|@floating-ui|@radix-ui\/react-(tooltip|popper|dismissable-layer|focus-scope|focus-guards|portal|presence|slot|menu|dropdown-menu|dialog|roving-focus|collection))\//;

/** Our own part of the same; what opens on demand stays in files of its own. */
const everyPageShares =
  /apps\/web\/src\/(data|realtime|shell|workspaces|ui)\/(?!markdown|palette|shortcut-dialog|combobox|select|table|switch|tabs|checkbox)|packages\/(client|contract|domain)\/src\//;

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

/** The browser app: one static folder that the server hands out; `/api` is the server's in development too. */
export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react(), tailwindcss(), withoutJsonSchema],
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
            // One file of what every page needs compresses better than forty small ones.
            { name: "vendor", test: everyPageNeeds },
            { name: "core", test: everyPageShares },
          ],
        },
      },
    },
  },
});
