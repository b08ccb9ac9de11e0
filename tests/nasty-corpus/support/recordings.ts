import { readTranscript } from "@headcount/agent-drivers/testing/transcripts";
import { linesOf } from "../../support/books/records-of-stream.ts";

/** Four classes as a model server counts them. */
export type Served = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly output: number;
};

/** Lines that a real CLI wrote to stdout. */
export function recorded(folder: string, name: string): readonly string[] {
  return linesOf(readTranscript(folder, name).text);
}

/** What the model server has served of this model in these recordings: the truth. */
export function served(folder: string, model: string, ...names: readonly string[]): Served {
  const all = names.map((name) => {
    const tokens = readTranscript(folder, name).served[model];
    if (tokens === undefined) throw new Error(`${folder}/${name} has no ${model}`);
    return tokens;
  });
  const sum = (of: (tokens: (typeof all)[number]) => number): number =>
    all.reduce((total, tokens) => total + of(tokens), 0);
  return {
    input: sum((tokens) => tokens.input),
    cacheRead: sum((tokens) => tokens.cacheRead),
    cacheWrite5m: sum((tokens) => tokens.cacheWrite),
    output: sum((tokens) => tokens.output),
  };
}

/** The same where a provider's protocol has no word for cache writes: they are plain input. */
export function withoutWrites({ input, cacheRead, cacheWrite5m, output }: Served): Served {
  return { input: input + cacheWrite5m, cacheRead, cacheWrite5m: 0, output };
}

/** Tokens of all classes. */
export function allOf({ input, cacheRead, cacheWrite5m, output }: Served): number {
  return input + cacheRead + cacheWrite5m + output;
}

export function together(left: Served, right: Served): Served {
  return {
    input: left.input + right.input,
    cacheRead: left.cacheRead + right.cacheRead,
    cacheWrite5m: left.cacheWrite5m + right.cacheWrite5m,
    output: left.output + right.output,
  };
}
