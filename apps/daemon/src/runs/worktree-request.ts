/** A checkout of a repository that is wanted. */
export type WorktreeRequest = {
  readonly workspaceId: string;
  readonly url: string;
  /** Branch, tag or commit to start from; the remote's default branch when null. */
  readonly ref: string | null;
  /** Branch that the run's commits stay on; made when it does not exist. */
  readonly branch: string;
  /** Where the files go; must not exist yet. */
  readonly directory: string;
  /** `shared` with the cache, or `own` where the agent could not write there. */
  readonly gitData?: "shared" | "own";
};
