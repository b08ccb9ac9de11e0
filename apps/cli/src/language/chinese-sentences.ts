import type { SentencePair } from "./sentence-pair.ts";
import { commonSentences } from "./sentences/common.ts";
import { limitSentences } from "./sentences/limits-and-notices.ts";
import { machineSentences } from "./sentences/machines-and-server.ts";
import { thingSentences } from "./sentences/things.ts";
import { usageSentences } from "./sentences/usage-and-prices.ts";
import { workSentences } from "./sentences/work.ts";

/** The first that fits counts. */
export const chineseSentences: readonly SentencePair[] = [
  ...limitSentences,
  ...usageSentences,
  ...machineSentences,
  ...workSentences,
  ...thingSentences,
  ...commonSentences,
];
