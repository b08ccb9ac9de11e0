import { expect, it } from "vitest";
import { promptOfRun } from "./run-options.ts";

const turnPrompt = "Please go on.";
const continuityNotice = "You do not remember it.";

it.each([
  ["a run without a past", "", null, turnPrompt],
  ["a run whose session is not to be continued", continuityNotice, null, expect.any(String)],
  ["a run that continues its session", continuityNotice, "session-1", turnPrompt],
] as const)("INV-22 the prompt of %s", (_run, notice, sessionId, prompt) => {
  const given = promptOfRun({ turnPrompt, continuityNotice: notice }, sessionId);
  expect(given).toEqual(prompt);
  expect(given.endsWith(turnPrompt)).toBe(true);
  const isTold = notice !== "" && sessionId === null;
  expect(given.startsWith(continuityNotice)).toBe(isTold);
});
