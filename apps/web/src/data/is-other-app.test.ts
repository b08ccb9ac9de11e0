import { describe, expect, it } from "vitest";
import { isOtherApp } from "./is-other-app.ts";

const page = (script: string) =>
  `<head><script src="/before-paint.js"></script><script type="module" crossorigin src="${script}"></script></head>`;

describe("which app the server hands out", () => {
  it("is the same one while the script that starts it is", () => {
    expect(isOtherApp(page("/assets/index-Biv_7Ctp.js"), "/assets/index-Biv_7Ctp.js")).toBe(false);
  });

  it("is another one once that script has another name", () => {
    expect(isOtherApp(page("/assets/index-C0ffee00.js"), "/assets/index-Biv_7Ctp.js")).toBe(true);
  });

  it("is not known from a page that starts none", () => {
    expect(isOtherApp("<h1>502 Bad Gateway</h1>", "/assets/index-Biv_7Ctp.js")).toBe(false);
    expect(isOtherApp("", "/assets/index-Biv_7Ctp.js")).toBe(false);
  });
});
