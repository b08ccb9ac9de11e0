import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  hideTooltip,
  hoverTooltip,
  keepTooltip,
  leaveTooltip,
  renewTooltip,
  showTooltip,
  tooltipStore,
} from "./tooltip-store.ts";

// The store asks an anchor only whether it is still in the page.
const anchor = (isConnected = true) => ({ isConnected }) as HTMLElement;
const words = (text: string) => ({ text, shortcut: undefined, side: "bottom" }) as const;
const shown = () => tooltipStore.getState().shown?.text ?? null;

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  hideTooltip();
  vi.useRealTimers();
});

test("a passing pointer opens nothing, a resting one does, and neighbours follow at once", () => {
  hoverTooltip(anchor(), words("Filter"));
  vi.advanceTimersByTime(100);
  leaveTooltip();
  vi.advanceTimersByTime(1_000);
  expect(shown()).toBeNull();
  hoverTooltip(anchor(), words("Filter"));
  vi.advanceTimersByTime(400);
  expect(shown()).toBe("Filter");
  hoverTooltip(anchor(), words("Columns"));
  expect(shown()).toBe("Columns");
});

test("it stays while the pointer rests on it", () => {
  showTooltip(anchor(), words("Filter"));
  leaveTooltip();
  keepTooltip();
  vi.advanceTimersByTime(1_000);
  expect(shown()).toBe("Filter");
  leaveTooltip();
  vi.advanceTimersByTime(1_000);
  expect(shown()).toBeNull();
});

test("new words reach only the anchor that is explained, and what left the page is not", () => {
  const copy = anchor();
  showTooltip(copy, words("Copy"));
  renewTooltip(anchor(), words("Other"));
  expect(shown()).toBe("Copy");
  renewTooltip(copy, words("Copied"));
  expect(shown()).toBe("Copied");
  hideTooltip();
  showTooltip(anchor(false), words("Gone"));
  expect(shown()).toBeNull();
});
