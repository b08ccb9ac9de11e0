/** An English sentence and its Chinese one; `{}` are taken over in their order. */
export type SentencePair = readonly [english: string, chinese: string];
