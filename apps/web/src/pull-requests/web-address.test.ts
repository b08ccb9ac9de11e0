import { expect, it } from "vitest";
import { webAddress } from "./web-address.ts";

it.each([
  ["https://github.com/northwind/ledger/pull/12", "github.com"],
  ["http://git.example.test:8443/a/b/pull/1", "git.example.test:8443"],
])("opens the page of a git host: %s", (url, host) => {
  expect(webAddress(url)?.host).toBe(host);
});

it.each(["javascript:alert(1)", "data:text/html,hello", "file:///etc/passwd", "nonsense", ""])(
  "opens nothing else: %s",
  (url) => {
    expect(webAddress(url)).toBeNull();
  },
);
