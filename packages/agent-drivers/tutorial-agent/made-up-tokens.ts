/** Token counts of one step, in the words of the protocol. Classes are disjoint. */
export type StepTokens = {
  readonly inputTokens: number;
  readonly cachedReadTokens: number;
  readonly cachedWriteTokens: number;
  readonly outputTokens: number;
  /** A part of `outputTokens`. */
  readonly thoughtTokens: number;
};

/** Model that the made-up counts are booked under. */
export const tutorialModel = "headcount/tutorial";
export const tutorialProvider = "headcount";

export const noTokens: StepTokens = {
  inputTokens: 0,
  cachedReadTokens: 0,
  cachedWriteTokens: 0,
  outputTokens: 0,
  thoughtTokens: 0,
};

/**
 * Counts for the step with this number, from 0. They are invented: no model is called. The first
 * step writes a cache that the later ones read, as with a real agent, and every class has its
 * own primes, so that a class that is lost or counted twice shows in the sum.
 */
export function madeUpTokens(step: number): StepTokens {
  const [inputTokens, outputTokens, thoughtTokens] = figures[step % figures.length] ?? [0, 0, 0];
  const isFirst = step === 0;
  return {
    inputTokens,
    cachedReadTokens: isFirst ? 0 : 2003,
    cachedWriteTokens: isFirst ? 2003 : 307,
    outputTokens,
    thoughtTokens,
  };
}

const figures: readonly (readonly [number, number, number])[] = [
  [1009, 151, 31],
  [211, 409, 67],
  [503, 83, 13],
  [127, 263, 43],
  [89, 61, 7],
];

export function addTokens(left: StepTokens, right: StepTokens): StepTokens {
  return {
    inputTokens: left.inputTokens + right.inputTokens,
    cachedReadTokens: left.cachedReadTokens + right.cachedReadTokens,
    cachedWriteTokens: left.cachedWriteTokens + right.cachedWriteTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    thoughtTokens: left.thoughtTokens + right.thoughtTokens,
  };
}

/** The counts as an agent reports them, with their sum and whose they are. */
export function reportedTokens(tokens: StepTokens): Readonly<Record<string, number | string>> {
  const { inputTokens, cachedReadTokens, cachedWriteTokens, outputTokens } = tokens;
  return {
    ...tokens,
    totalTokens: inputTokens + cachedReadTokens + cachedWriteTokens + outputTokens,
    model: tutorialModel,
    provider: tutorialProvider,
  };
}

/** The counts for people. */
export function describeTokens(tokens: StepTokens): string {
  return [
    `input ${tokens.inputTokens}`,
    `cache read ${tokens.cachedReadTokens}`,
    `cache write ${tokens.cachedWriteTokens}`,
    `output ${tokens.outputTokens} (of it reasoning ${tokens.thoughtTokens})`,
  ].join(", ");
}
