import { isDeepStrictEqual } from "node:util";
import type { Redactor } from "@headcount/redaction/redactor";
import type { UsageObservation } from "@headcount/agent-drivers/core/types";
import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import { redactJson } from "./redact-json.ts";

const rawBytes = 16 * 1024;

/** Numbers the observations of one lease, so that a corrected figure replaces the one before it. */
export class UsageBook {
  readonly #redactor: Redactor;
  readonly #known = new Map<string, { readonly observation: UsageObservation; revision: number }>();
  readonly #firstRevision: number;

  /**
   * @param firstRevision above zero for single calls that are read again after the run has ended.
   * Running totals carry none: the books keep the largest figure of each class, so a file that the
   * CLI had no time to finish never takes back what was heard of the run before.
   */
  constructor(redactor: Redactor, firstRevision = 0) {
    this.#redactor = redactor;
    this.#firstRevision = firstRevision;
  }

  /** The record to send, or null when the same figures were sent under this key before. */
  record(observation: UsageObservation, keyPrefix: string, atMs: number): UsageRecord | null {
    const key = `${keyPrefix}${observation.key}`.slice(0, 500);
    const before = this.#known.get(key);
    if (before !== undefined && isDeepStrictEqual(before.observation, observation)) return null;
    const next = before === undefined ? this.#firstRevision : before.revision + 1;
    const revision = observation.cumulative ? 0 : next;
    this.#known.set(key, { observation, revision });
    const { raw, model, source, ...figures } = observation;
    return {
      ...figures,
      key,
      model: this.#redactor.redact(model).slice(0, 200),
      source: source.slice(0, 100),
      revision,
      atMs,
      raw: redactJson(raw, this.#redactor, rawBytes),
    };
  }
}
