import type { ToolCallPart } from "@headcount/testkit/fake-model/scenario";
import type { RealCliName } from "@headcount/testkit/real-clis/real-cli";
import type { CaseName } from "./case-names.ts";
import type { StatedCoverage } from "./stated-coverage.ts";

/**
 * One real CLI, as these stories have to know it. Where its package comes from is in the testkit's
 * `real-clis/real-cli.ts`; its config files, environment, models, protocol and tool calls are in
 * `real-clis/recipes`.
 */
export type AgentProfile = {
  /** Names the package, the recipe and the product's row. */
  readonly cli: RealCliName;
  /** How much of it is told without `--all`. */
  readonly core: "every-case" | "success" | "none";
  /** How its model learns of a tool that it is not told of at the start. */
  readonly findsTools?: ToolCallPart;
  /** The only stories that it can tell; all where nothing is said. */
  readonly tells?: readonly CaseName[];
  /** It does not say which tools it has used. */
  readonly hidesTools?: true;
  /** What its session ids look like; null where every run begins afresh. */
  readonly sessionId: RegExp | null;
  /** How its model calls the tool `say_hello` of an MCP server `greeter`; with `Ada` by default. */
  readonly mcpTool: ToolCallPart;
  /** The main model as the provider and the books name it, where `--model` wants another form. */
  readonly servedModel?: string;
  /** `absolute`: its tool for writing a file takes no relative path. */
  readonly writesTo?: "absolute";
  /**
   * When a call of the model is on the books: while the tool that it asked for runs, when that has
   * come back, or at the end of the run.
   */
  readonly booksCalls: "at-once" | "after-tools" | "at-end";
  /** The provider's protocol names no cache writes, so they are booked as what they were: input. */
  readonly cacheWrites: "told" | "as-input";
  /** `asks-on`: it never gives up on a provider that fails with 5xx. */
  readonly patience?: "asks-on";
  /** What can be known of the tokens of its runs. */
  readonly coverage: Readonly<Partial<Record<CaseName, StatedCoverage>>> & {
    /** Of every run that the stories do not make an exception of. */
    readonly usual: StatedCoverage;
  };
};

/** A UUID. */
export const uuid: RegExp = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
