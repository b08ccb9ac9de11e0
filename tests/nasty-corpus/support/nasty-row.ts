import type { Books } from "../../support/books/open-books.ts";
import type { Tokens } from "../../support/books/read-pivots.ts";

type SmallTokens = Readonly<Record<keyof Tokens, number | bigint>>;

/** What the books have to say about one model; tokens that are left out are none. */
export type ExpectedModel = Partial<SmallTokens> & {
  readonly provider: string;
  readonly model: string;
  /** Cost that counts, US dollars; null where nothing of it has a price. */
  readonly costUsd: string | null;
  /** Tokens that no price covers. */
  readonly unpricedTokens?: number | bigint;
};

/** One known way to miscount. */
export type NastyRow = {
  /** The trap, as the name of the test. */
  readonly trap: string;
  /** What a naive reader books instead, and whose output invites it. */
  readonly elsewhere: string;
  /** CLIs or providers that are known for it. */
  readonly seenWith: string;
  /** What the server's clock shows at first. */
  readonly startsAt?: string;
  /** Zone in which the days are asked for; UTC unless stated. */
  readonly zone?: string;
  feed(books: Books): Promise<void>;
  readonly expects: {
    readonly models: readonly ExpectedModel[];
    /** Cost of everything together; null where nothing has a price. */
    readonly costUsd: string | null;
    /** Tokens of all classes per calendar day of the zone, where days matter. */
    readonly days?: Readonly<Record<string, number>>;
    /** Tasks that have ended, where they matter. */
    readonly tasks?: number;
  };
};
