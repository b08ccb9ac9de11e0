/// <reference lib="dom" />
import type { Locator } from "playwright-core";
import { waitFor } from "@headcount/testkit/wait-for";

/** Waits for the focus: what opens takes it, and what closes gives it back, a moment later. */
export async function hasFocus(element: Locator): Promise<void> {
  await waitFor(() => element.evaluate((node) => node === document.activeElement), {
    describe: `the focus on ${String(element)}`,
  });
}
