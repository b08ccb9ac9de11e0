import type { Scenario } from "./scenario.ts";

const PATTERN_FIELDS = ["model", "userText", "anyText", "path"] as const;

/**
 * Checks a scenario that may come from a file or from HTTP, so that a mistake in it shows at once
 * and not as a request that no rule answers.
 *
 * @throws Error that names the rule and what is wrong with it.
 */
export function checkScenario(candidate: unknown): Scenario {
  if (!isObject(candidate) || !Array.isArray(candidate["rules"])) {
    throw new Error('scenario: "rules" must be a list');
  }
  for (const [index, rule] of candidate["rules"].entries()) checkRule(rule, index);
  return candidate as Scenario;
}

function checkRule(rule: unknown, index: number): void {
  if (!isObject(rule)) throw new Error(`scenario rule ${index}: must be an object`);
  const name = typeof rule["name"] === "string" ? ` (${rule["name"]})` : "";
  const where = `scenario rule ${index}${name}`;
  const { reply, error, times, when } = rule;
  if (!isObject(reply) && !isObject(error)) throw new Error(`${where}: needs "reply" or "error"`);
  if (isObject(reply) && !Array.isArray(reply["content"])) {
    throw new Error(`${where}: reply.content must be a list`);
  }
  if (isObject(error) && typeof error["status"] !== "number") {
    throw new Error(`${where}: error.status must be a number`);
  }
  if (!isUseCount(times)) throw new Error(`${where}: "times" must be positive or "any"`);
  if (isObject(when)) checkPatterns(when, where);
}

function checkPatterns(when: Record<string, unknown>, where: string): void {
  for (const field of PATTERN_FIELDS) {
    const pattern = when[field];
    if (pattern === undefined) continue;
    if (typeof pattern !== "string") throw new Error(`${where}: when.${field} must be a string`);
    try {
      new RegExp(pattern);
    } catch (cause) {
      throw new Error(`${where}: when.${field} is not a regular expression`, { cause });
    }
  }
}

function isUseCount(times: unknown): boolean {
  if (times === undefined || times === "any") return true;
  return typeof times === "number" && times > 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
