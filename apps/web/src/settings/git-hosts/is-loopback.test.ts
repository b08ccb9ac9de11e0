import { expect, it } from "vitest";
import { isLoopback } from "./is-loopback.ts";

it.each([
  "http://localhost:8080/api/hooks/github/a/b",
  "http://headcount.localhost/",
  "http://127.0.0.1:8080/",
  "http://127.12.0.3/",
  "http://[::1]:8080/",
  "http://0.0.0.0/",
])("knows an address of the machine itself: %s", (url) => {
  expect(isLoopback(url)).toBe(true);
});

it.each([
  "https://headcount.example.com/",
  "http://10.0.0.7/",
  "https://127.example.com/",
  "https://localhost.example.com/",
  "https://[2001:db8::1]/",
  "no address",
])("takes no other one for that: %s", (url) => {
  expect(isLoopback(url)).toBe(false);
});
