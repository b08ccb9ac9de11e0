import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Route } from "@headcount/contract/kit/route";
import { ErrorBody } from "@headcount/contract/kit/error";
import { allRoutes } from "@headcount/contract/routes";
import { patientMs } from "@headcount/testkit/patience";
import { createTestApp, type TestApp } from "./testing/test-app.ts";
import { handlers } from "./api.ts";

const uuid = "0190f3a0-0000-7000-8000-000000000000";

/** Values that break careless code: wrong types, extremes, SQL, broken text. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    "",
    "'; drop table issues; --",
    "\u0000",
    "\uD800",
    "a".repeat(70_000),
    [],
    {},
    [[]],
    { __proto__: { a: 1 } },
    uuid,
    "acme",
    "ACME-1",
    "2026-02-30T00:00:00Z",
    "9999999999999999999",
  ),
  fc.jsonValue(),
);

/** An input with the route's own field names, some values plausible, some not. */
function inputFor(route: Route): fc.Arbitrary<Record<string, unknown>> {
  const schema = z.toJSONSchema(route.input, { unrepresentable: "any", io: "input" });
  const names = Object.keys(schema.properties ?? {});
  return fc.record(Object.fromEntries(names.map((name) => [name, hostile])), { requiredKeys: [] });
}

function requestFor(route: Route, input: Record<string, unknown>, token: string | null): Request {
  const rest = { ...input };
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    if (name === "workspace") return "acme";
    return encodeURIComponent(
      typeof value === "string" && value !== "" ? value.slice(0, 200).toWellFormed() : uuid,
    );
  });
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  if (route.method === "GET" || route.method === "DELETE") {
    const url = new URL(`http://headcount.test${path}`);
    for (const [key, value] of Object.entries(rest))
      url.searchParams.set(key, String(JSON.stringify(value)));
    // A wait of a long poll would only make the test slow.
    url.searchParams.delete("wait");
    return new Request(url, { method: route.method, headers });
  }
  return new Request(`http://headcount.test${path}`, {
    method: route.method,
    headers,
    body: JSON.stringify(rest),
  });
}

describe("every route of the contract", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("is bound to exactly one handler", () => {
    const bound = handlers.map((handler) => handler.route.name).toSorted();
    expect(bound).toEqual(allRoutes.map((route) => route.name).toSorted());
  });

  it("refuses callers without a credential unless it is public", async () => {
    for (const route of allRoutes.filter((candidate) => candidate.access !== "public")) {
      const reply = await test.app.api.fetch(requestFor(route, {}, null));
      expect([route.name, reply.status]).toEqual([route.name, 401]);
      const body = ErrorBody.parse(await reply.json());
      expect(body.code).toBe("unauthenticated");
    }
  });

  it("refuses a made-up token, whatever its kind", async () => {
    for (const token of ["hcp_x", "hcd_x", "hct_x", `hct_${uuid}_${"a".repeat(43)}`, "garbage"]) {
      for (const route of allRoutes.filter((candidate) => candidate.access !== "public")) {
        const reply = await test.app.api.fetch(requestFor(route, {}, token));
        expect([route.name, token.slice(0, 4), reply.status]).toEqual([
          route.name,
          token.slice(0, 4),
          401,
        ]);
      }
    }
  });

  it(
    "never answers hostile input with a server error",
    { timeout: patientMs(120_000) },
    async () => {
      for (const route of allRoutes) {
        await fc.assert(
          fc.asyncProperty(inputFor(route), async (input) => {
            const reply = await test.app.api.fetch(requestFor(route, input, test.alice.token));
            const text = await reply.text();
            expect([route.name, reply.status >= 500 && text]).toEqual([route.name, false]);
            if (reply.status >= 400) ErrorBody.parse(JSON.parse(text));
          }),
          { numRuns: 12 },
        );
      }
    },
  );

  it("refuses bodies that are no JSON objects, and oversized ones", async () => {
    const post = (body: string): Promise<Response> =>
      Promise.resolve(
        test.app.api.fetch(
          new Request("http://headcount.test/api/w/acme/issues", {
            method: "POST",
            headers: {
              authorization: `Bearer ${test.bob.token}`,
              "content-type": "application/json",
            },
            body,
          }),
        ),
      );
    for (const body of ["[1]", "null", '"text"', "{", "\u0000"]) {
      expect((await post(body)).status).toBe(422);
    }
    const large = await post(JSON.stringify({ title: "x".repeat(1024 * 1024) }));
    expect(large.status).toBe(413);
  });

  it("names unknown routes with a 404 in the error shape", async () => {
    const reply = await test.app.api.fetch(new Request("http://headcount.test/api/nothing"));
    expect(reply.status).toBe(404);
    expect(ErrorBody.parse(await reply.json()).reason).toBe("route.not_found");
  });
});
