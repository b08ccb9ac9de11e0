import type { CaseName } from "./case-names.ts";

/** What a story tells the table of all stories. */
export type StoryMeta = {
  readonly cli: string;
  /** Its column; null for a story that only some CLIs tell. */
  readonly name: CaseName | null;
  readonly title: string;
  /** What follows is there when the story has passed. */
  readonly version?: string;
  readonly coverage?: "exact" | "partial" | "none";
  /** The product's words for what is not known. */
  readonly reasons?: readonly string[];
  readonly stoppedInMs?: number | null;
};

declare module "vitest" {
  interface TaskMeta {
    story?: StoryMeta;
  }
}
