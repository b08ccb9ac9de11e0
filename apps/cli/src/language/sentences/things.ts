import { noSuch, type Thing, things } from "../../find/things.ts";
import type { SentencePair } from "../sentence-pair.ts";

/** What is said of a thing that is not there. */
export const thingSentences: readonly SentencePair[] = Object.values<Thing>(things).map(
  (thing): SentencePair => [noSuch(thing, "{}"), `没有${thing.chinese}“{}”。`],
);
