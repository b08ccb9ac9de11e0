import type { Command } from "./command.ts";

export type CommandLoader = () => Promise<Command>;

export type CommandGroup = {
  readonly title: string;
  readonly commands: Readonly<Record<string, CommandLoader>>;
};

/** Every command by its words. Only the one that runs is loaded. */
export const catalogue: readonly CommandGroup[] = [
  {
    title: "Start",
    commands: {
      server: async () => (await import("./server/server.ts")).serverCommand,
    },
  },
  {
    title: "Work",
    commands: {
      "issue list": async () => (await import("./issue/list.ts")).issueList,
      "issue get": async () => (await import("./issue/get.ts")).issueGet,
      "issue create": async () => (await import("./issue/create.ts")).issueCreate,
      "issue update": async () => (await import("./issue/update.ts")).issueUpdate,
      "issue status": async () => (await import("./issue/status.ts")).issueStatus,
      "issue assign": async () => (await import("./issue/assign.ts")).issueAssign,
      "issue comment list": async () => (await import("./issue/comment-list.ts")).issueCommentList,
      "issue comment add": async () => (await import("./issue/comment-add.ts")).issueCommentAdd,
    },
  },
];
