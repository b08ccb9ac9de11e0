import { afterAll, beforeAll, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { createTestApp, type TestApp } from "../testing/test-app.ts";

const writers = 16;
const issuesPerWriter = 3;

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test[Symbol.asyncDispose]());

it("INV-107 gives each change the next number, in the order in which readers see them", async () => {
  const { workspace, alice } = test;
  await using replica = test.startReplica();
  const { cursor: start } = await alice.call(changes.cursor, { workspace });
  let isWriting = true;

  const write = async (writer: number): Promise<void> => {
    for (let index = 0; index < issuesPerWriter; index += 1) {
      const input = { workspace, title: `Issue ${index} of ${writer}` };
      await (writer % 2 === 0
        ? alice.call(issues.create, input)
        : replica.callAs(alice.token, issues.create, input));
    }
  };
  /** Reads on from where it stands, as a tab does, and never looks back. */
  const tail = async (): Promise<readonly number[]> => {
    const seen: number[] = [];
    for (let after = start, isLast = false; !isLast;) {
      isLast = !isWriting;
      const page = await alice.call(changes.poll, { workspace, after, wait: 1 });
      expect(page.from).toBe(after);
      seen.push(...page.items.map(({ seq }) => seq));
      isLast &&= page.remaining === 0;
      after = page.to;
    }
    return seen;
  };

  const reading = tail();
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  isWriting = false;
  const seen = await reading;
  const { cursor: newest } = await alice.call(changes.cursor, { workspace });
  expect(newest - start).toBeGreaterThanOrEqual(writers * issuesPerWriter);
  expect(seen).toEqual(Array.from({ length: newest - start }, (_, index) => start + 1 + index));
});
