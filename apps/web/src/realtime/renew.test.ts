import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { renew } from "./renew.ts";

type Answer = { readonly with: (text: string) => void; readonly fail: () => void };

/** A read on screen whose answers come when the test says so. */
function readOnScreen() {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
  });
  const asked: Answer[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ["board"],
    queryFn: ({ signal }) =>
      new Promise<string>((resolve, reject) => {
        asked.push({ with: resolve, fail: () => reject(new Error("no answer")) });
        signal.addEventListener("abort", () => reject(new Error("cut short")));
      }),
  });
  const leave = observer.subscribe(() => undefined);
  return {
    asked,
    leave,
    askAgain: () => void observer.refetch(),
    shown: () => client.getQueryData(["board"]),
    change: () => renew(client, () => true),
    isStale: () => client.getQueryState(["board"])?.isInvalidated,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const settle = () => vi.advanceTimersByTimeAsync(1);

test("what changes while a read is under way for the first time is read once more, however often it changes", async () => {
  const { asked, shown, change } = readOnScreen();
  change();
  change();
  asked[0]?.with("before");
  await settle();
  expect(asked).toHaveLength(2);
  asked[1]?.with("after");
  await settle();
  expect(asked).toHaveLength(2);
  expect(shown()).toBe("after");
});

test("what changes faster than it is answered is shown all the same", async () => {
  const { asked, shown, change } = readOnScreen();
  asked[0]?.with("first");
  await settle();
  change();
  change();
  expect(asked).toHaveLength(2);
  asked[1]?.with("second");
  await settle();
  expect(shown()).toBe("second");
  change();
  asked[2]?.with("third");
  await settle();
  expect(shown()).toBe("third");
});

test("a read that fails while things change is asked once more, not for ever", async () => {
  const { asked, change } = readOnScreen();
  change();
  asked[0]?.fail();
  await settle();
  expect(asked).toHaveLength(2);
  asked[1]?.fail();
  await settle();
  expect(asked).toHaveLength(2);
});

test("a read that is left before its answer stays stale for when it is needed again", async () => {
  const { asked, askAgain, change, leave, isStale } = readOnScreen();
  asked[0]?.with("first");
  await settle();
  askAgain();
  change();
  leave();
  await settle();
  expect(isStale()).toBe(true);
  expect(asked).toHaveLength(2);
});
