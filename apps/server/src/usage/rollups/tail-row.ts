import type { Figure } from "../figures.ts";

/** Net change of some figures of a meter inside one bucket; zero and what is not named are the same. */
export type TailRow = {
  readonly meterId: number;
  readonly bucketAt: Date;
  readonly figures: Readonly<Partial<Record<Figure, bigint>>>;
};
