import type { catalogue as english } from "./en/catalogue.ts";
import type { Shape } from "./shape.ts";

/** All texts of one language. A language that lacks a key, or changes a parameter, does not compile. */
export type Catalogue = Shape<typeof english>;
