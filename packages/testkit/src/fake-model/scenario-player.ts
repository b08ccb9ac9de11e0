import { checkScenario } from "./check-scenario.ts";
import type { ModelRequest } from "./model-request.ts";
import type { RequestTest, Rule, Scenario } from "./scenario.ts";

/** A request as a rule sees it: what the protocol made of it, and what came over the wire. */
export type IncomingRequest = ModelRequest & { readonly path: string; readonly rawBody: string };

/** Plays one scenario: picks the rule for each request and remembers what was used. */
export class ScenarioPlayer {
  readonly scenario: Scenario;
  readonly #uses: number[];

  /** @throws Error when the scenario is not sound. */
  constructor(scenario: Scenario) {
    this.scenario = checkScenario(scenario);
    this.#uses = scenario.rules.map(() => 0);
  }

  /** Uses up and returns the rule that answers this request, with its place in the list. */
  next(request: IncomingRequest): { readonly rule: Rule; readonly index: number } | undefined {
    for (const [index, rule] of this.scenario.rules.entries()) {
      if (this.#isUsedUp(rule, index) || !holds(rule.when ?? {}, request)) continue;
      this.#uses[index] = this.#usesOf(index) + 1;
      return { rule, index };
    }
    return undefined;
  }

  /** Names (or `#place`) of the counted rules that were not used up: empty at the end of a test. */
  unused(): readonly string[] {
    return this.scenario.rules.flatMap((rule, index) =>
      rule.times === "any" || this.#isUsedUp(rule, index) ? [] : [rule.name ?? `#${index}`],
    );
  }

  #isUsedUp(rule: Rule, index: number): boolean {
    return rule.times !== "any" && this.#usesOf(index) >= (rule.times ?? 1);
  }

  #usesOf(index: number): number {
    return this.#uses[index] ?? 0;
  }
}

function holds(when: RequestTest, request: IncomingRequest): boolean {
  return (
    matches(when.model, request.model) &&
    matches(when.userText, request.userText) &&
    matches(when.anyText, request.rawBody) &&
    matches(when.path, request.path) &&
    equals(when.tools, request.tools.length > 0) &&
    (when.hasTool === undefined || request.tools.includes(when.hasTool)) &&
    equals(when.afterToolResult, request.afterToolResult) &&
    equals(when.stream, request.stream)
  );
}

function matches(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(pattern, "s").test(text);
}

function equals(wanted: boolean | undefined, actual: boolean): boolean {
  return wanted === undefined || wanted === actual;
}
