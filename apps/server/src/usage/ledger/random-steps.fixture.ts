import fc from "fast-check";

/** What a source says about one key. Values follow from the key and the version, as in reality. */
export type Saying = {
  readonly task: number;
  readonly key: number;
  /** Step of a running total, or revision of a single call. */
  readonly version: number;
  readonly minutesAgo: number;
};

/** Something that changes the books, or must not. Numbers choose among what there is. */
export type Step =
  | { readonly type: "deliver"; readonly sayings: readonly Saying[] }
  /** From files of sessions that Headcount did not start; a fork repeats the calls of another one. */
  | { readonly type: "import"; readonly session: number; readonly sayings: readonly Saying[] }
  | { readonly type: "replay"; readonly from: number }
  | { readonly type: "delete" | "restore"; readonly issue: number }
  | { readonly type: "move"; readonly issue: number; readonly project: number | null }
  | { readonly type: "repoint"; readonly from: number; readonly to: number }
  | { readonly type: "end"; readonly task: number; readonly minutesAgo: number }
  | { readonly type: "archive"; readonly agent: number }
  | { readonly type: "price"; readonly usd: number; readonly minutesAgo: number }
  | { readonly type: "reprice"; readonly all: boolean }
  | { readonly type: "undo"; readonly which: number }
  | { readonly type: "look"; readonly zone: number }
  | { readonly type: "fold" }
  | { readonly type: "rebuild" };

const some = (max: number): fc.Arbitrary<number> => fc.nat({ max });
const is = <const Type extends string>(type: Type): fc.Arbitrary<Type> => fc.constant(type);

const saying: fc.Arbitrary<Saying> = fc.record({
  task: some(2),
  key: some(5),
  version: some(12),
  minutesAgo: some(90),
});

const deliver = fc.record({
  type: is("deliver"),
  sayings: fc.array(saying, { minLength: 1, maxLength: 12 }),
});

const bringIn = fc.record({
  type: is("import"),
  session: some(2),
  sayings: fc.array(saying, { minLength: 1, maxLength: 6 }),
});

/** Steps that change what is said about usage, but not how much of it there is. */
const tidy: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: is("replay"), from: some(9) }),
  fc.record({ type: fc.constantFrom("delete", "restore"), issue: some(1) }),
  fc.record({ type: is("move"), issue: some(1), project: fc.option(some(1)) }),
  fc.record({ type: is("repoint"), from: some(2), to: some(2) }),
  fc.record({ type: is("end"), task: some(2), minutesAgo: some(90) }),
  fc.record({ type: is("archive"), agent: some(1) }),
  fc.record({ type: is("price"), usd: some(9), minutesAgo: some(90) }),
  fc.record({ type: is("reprice"), all: fc.boolean() }),
  fc.record({ type: is("undo"), which: some(3) }),
  fc.record({ type: is("look"), zone: some(3) }),
  fc.record({ type: is("fold") }),
  fc.record({ type: is("rebuild") }),
);

/** Rounds of steps; those of one round happen at once. */
export const rounds: fc.Arbitrary<readonly (readonly Step[])[]> = fc.array(
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: deliver },
      { weight: 1, arbitrary: bringIn },
      { weight: 6, arbitrary: tidy },
    ),
    { minLength: 1, maxLength: 5 },
  ),
  { minLength: 1, maxLength: 5 },
);
