import { books } from "@headcount/contract/usage/books-routes";
import { query } from "../../platform/command.ts";
import { readVerification } from "./read-verification.ts";

export const booksVerification = query(books.verification, async (ctx) => {
  const kept = await readVerification(ctx);
  if (kept === null) return { verification: null };
  const { verifiedAt, keys } = kept;
  return { verification: { ...kept, keys: [...keys], verifiedAt: verifiedAt.toISOString() } };
});
