// Wrong on purpose: the repository's tests expect the linter to refuse this folder.
import type { B } from "./b.ts";

export type A = { readonly b: B | null; readonly loose: any };
