import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { usageDimensions } from "@headcount/contract/usage/query-words";
import { askBooks, type Asked, makeKeptBooks } from "./ask-books.fixture.ts";
import type { Books } from "./books.fixture.ts";

describe("what is asked about usage", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeKeptBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  it("filters by ids and by exact names, several at once, and by what belongs to nothing", async () => {
    const tokens = async (filter: Asked): Promise<unknown> =>
      (await askBooks(books, { ...filter, metrics: "tokens" })).totals.tokens;
    const { ids } = books;
    expect(await tokens({ agent: "Ada" })).toBe(await tokens({ agent: ids.ada }));
    expect(await tokens({ agent: "Ada" })).toBe(3_160);
    expect(await tokens({ agent: "Ada,Open" })).toBe(3_522);
    expect(await tokens({ agent: "none" })).toBe(500);
    expect(await tokens({ agent: "ada" })).toBe(0);
    expect(await tokens({ agent: "Open", issue: "ACME-1" })).toBe(42);
    expect(await tokens({ project: "none", model: "headcount/tutorial" })).toBe(820);
    expect(await tokens({ model: "secret-1" })).toBe(11);
    expect(await tokens({ role: "subagent", provider: "headcount" })).toBe(17);
    expect(await tokens({ member: "Bob" })).toBe(500);
    expect(await tokens({ runtime: "server" })).toBe(362);
    expect(await tokens({ agent: "'; drop table usage_meters; --" })).toBe(0);
    expect(await tokens({ issue: "x\\,y" })).toBe(0);
  });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      books.test.app.api.fetch(
        new Request(`http://headcount.test/api/w/acme/${path}`, {
          headers: { authorization: `Bearer ${books.test.alice.token}`, ...headers },
        }),
      ),
    );

  it("writes the same rows as CSV, safe for spreadsheets", async () => {
    const path = "usage/query?group_by=issue,project&metrics=tokens,cost&order=-tokens";
    const reply = await get(path, { accept: "text/csv" });
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const { ids } = books;
    const lines = (await reply.text()).split("\r\n");
    expect(lines[0]).toBe("issue,issue_id,project,project_id,tokens,cost");
    expect(lines[1]).toMatch(`ACME-1 · =Inside,${ids.adaIssue},Website,${ids.project},3202,`);
    expect(lines).toContain(`"ACME-2 · Outside, alone",${ids.openIssue},No project,,320,0.0004`);
    expect(await (await get(`${path}&format=csv`)).text()).toBe(lines.join("\r\n"));
    expect(
      (await get(`${path}&format=json`, { accept: "text/csv" })).headers.get("content-type"),
    ).toMatch("application/json");
    for (const other of ["daily?days=7", "by-agent", "by-hour", "activity"]) {
      const text = await (await get(`usage/${other}`, { accept: "text/csv" })).text();
      expect(text.split("\r\n").length).toBeGreaterThan(2);
    }
    expect(await (await get(`tasks/${ids.adaTask}/usage?format=csv`)).text()).toContain(",3149,");
    expect(await (await get("issues/ACME-1/usage?format=csv")).text()).toContain(",3160,");
  });

  it("takes anything at all as the value of a filter", async () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("' or 1=1 --", "\u0000", "none", "a,b", "\\", "%", "ACME-99999999999"),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...usageDimensions), value, async (dimension, text) => {
        const path = `usage/query?${dimension}=${encodeURIComponent(text.toWellFormed())}`;
        const reply = await get(path);
        expect([path, [200, 400].includes(reply.status)]).toEqual([path, true]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["metrics=speed", '"speed" is no metric; there are tokens,'],
    ["group_by=colour", '"colour" is no grouping'],
    ["group_by=agent,model,role", "at most 2"],
    ["tz=Mars/Base", "is not an IANA time zone name"],
    ["tz=%2B05:30", "is not an IANA time zone name"],
    ["days=0", "is no whole number of days from 1 to 365"],
    ["days=1.5", "is no whole number of days from 1 to 365"],
    ["days=x", "is no whole number of days from 1 to 365"],
    ["from=yesterday", "is neither a day like"],
    ["from=2026-11-02&to=2026-11-01", "`from` has to lie before `to`"],
    ["from=2026-11-01&days=3", "exclude each other"],
    ["days=90&group_by=time&bucket=hour", "at most 62 days"],
    ["from=2026-11-01T10:01:00.500Z", "whole second"],
    ["bucket=year", '"year" is no bucket'],
    ["order=size", "is neither a metric nor"],
    ["limit=0", "limit"],
    ["colour=red", "colour"],
  ])("refuses %s in one sentence", async (asked, sentence) => {
    const reply = await get(`usage/query?${asked}`);
    const body = (await reply.json()) as { code: string; message: string };
    expect([reply.status, body.code]).toEqual([400, "invalid"]);
    expect(body.message).toContain(sentence);
    expect(body.message).not.toContain("\n");
  });
});
