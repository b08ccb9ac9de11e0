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
      setup: async () => (await import("./account/setup.ts")).setup,
      doctor: async () => (await import("./doctor/doctor.ts")).doctor,
      login: async () => (await import("./account/login.ts")).login,
      logout: async () => (await import("./account/logout.ts")).logout,
      "auth status": async () => (await import("./account/auth-status.ts")).authStatus,
      open: async () => (await import("./account/open.ts")).open,
      "config show": async () => (await import("./account/config-show.ts")).configShow,
      "config set": async () => (await import("./account/config-set.ts")).configSet,
      version: async () => (await import("./account/version.ts")).version,
    },
  },
  {
    title: "Work",
    commands: {
      "issue list": async () => (await import("./issue/list.ts")).issueList,
      "issue search": async () => (await import("./issue/search.ts")).issueSearch,
      "issue get": async () => (await import("./issue/get.ts")).issueGet,
      "issue create": async () => (await import("./issue/create.ts")).issueCreate,
      "issue update": async () => (await import("./issue/update.ts")).issueUpdate,
      "issue status": async () => (await import("./issue/status.ts")).issueStatus,
      "issue assign": async () => (await import("./issue/assign.ts")).issueAssign,
      "issue start": async () => (await import("./issue/start.ts")).issueStart,
      "issue rerun": async () => (await import("./issue/rerun.ts")).issueRerun,
      "issue move": async () => (await import("./issue/move.ts")).issueMove,
      "issue delete": async () => (await import("./issue/delete.ts")).issueDelete,
      "issue restore": async () => (await import("./issue/restore.ts")).issueRestore,
      "issue trash": async () => (await import("./issue/trash.ts")).issueTrash,
      "issue timeline": async () => (await import("./issue/timeline.ts")).issueTimeline,
      "issue usage": async () => (await import("./issue/usage.ts")).issueUsage,
      "issue comment list": async () => (await import("./issue/comment-list.ts")).issueCommentList,
      "issue comment add": async () => (await import("./issue/comment-add.ts")).issueCommentAdd,
      "issue comment edit": async () => (await import("./issue/comment-edit.ts")).issueCommentEdit,
      "issue comment delete": async () =>
        (await import("./issue/comment-delete.ts")).issueCommentDelete,
      "issue comment resolve": async () =>
        (await import("./issue/comment-resolve.ts")).issueCommentResolve,
      "issue comment unresolve": async () =>
        (await import("./issue/comment-unresolve.ts")).issueCommentUnresolve,
      "project list": async () => (await import("./project/list.ts")).projectList,
      "project get": async () => (await import("./project/get.ts")).projectGet,
      "project create": async () => (await import("./project/create.ts")).projectCreate,
      "project update": async () => (await import("./project/update.ts")).projectUpdate,
      "project delete": async () => (await import("./project/delete.ts")).projectDelete,
    },
  },
  {
    title: "Agents",
    commands: {
      "agent list": async () => (await import("./agent/list.ts")).agentList,
      "agent get": async () => (await import("./agent/get.ts")).agentGet,
      "agent create": async () => (await import("./agent/create.ts")).agentCreate,
      "agent update": async () => (await import("./agent/update.ts")).agentUpdate,
      "agent archive": async () => (await import("./agent/archive.ts")).agentArchive,
      "agent restore": async () => (await import("./agent/restore.ts")).agentRestore,
      "agent tasks": async () => (await import("./agent/tasks.ts")).agentTasks,
      "agent access get": async () => (await import("./agent/access-get.ts")).agentAccessGet,
      "agent access set": async () => (await import("./agent/access-set.ts")).agentAccessSet,
      "agent env get": async () => (await import("./agent/env-get.ts")).agentEnvGet,
      "agent env set": async () => (await import("./agent/env-set.ts")).agentEnvSet,
      "task list": async () => (await import("./task/list.ts")).taskList,
      "task get": async () => (await import("./task/get.ts")).taskGet,
      "task why": async () => (await import("./task/why.ts")).taskWhy,
      "task cancel": async () => (await import("./task/cancel.ts")).taskCancel,
      "task rerun": async () => (await import("./task/rerun.ts")).taskRerun,
      "task transcript": async () => (await import("./task/transcript.ts")).taskTranscript,
      "runtime list": async () => (await import("./runtime/list.ts")).runtimeList,
      "runtime update": async () => (await import("./runtime/update.ts")).runtimeUpdate,
      "runtime repoint": async () => (await import("./runtime/repoint.ts")).runtimeRepoint,
      "runtime delete": async () => (await import("./runtime/delete.ts")).runtimeDelete,
      "usage query": async () => (await import("./usage/query.ts")).usageQuery,
      "usage by-agent": async () => (await import("./usage/by-agent.ts")).usageByAgent,
      "usage by-model": async () => (await import("./usage/by-model.ts")).usageByModel,
      "usage activity": async () => (await import("./usage/activity.ts")).usageActivity,
      "usage issue": async () => (await import("./usage/issue.ts")).usageIssue,
      "usage task": async () => (await import("./usage/task.ts")).usageTask,
      "usage runtime": async () => (await import("./usage/runtime.ts")).usageRuntime,
      "usage daily": async () => (await import("./usage/daily.ts")).usageDaily,
      "usage import": async () => (await import("./usage/import/import.ts")).usageImportCommand,
      "usage verify": async () => (await import("./usage/verify.ts")).usageVerify,
    },
  },
  {
    title: "People",
    commands: {
      "workspace list": async () => (await import("./workspace/list.ts")).workspaceList,
      "workspace get": async () => (await import("./workspace/get.ts")).workspaceGet,
      "workspace create": async () => (await import("./workspace/create.ts")).workspaceCreate,
      "workspace update": async () => (await import("./workspace/update.ts")).workspaceUpdate,
      "workspace switch": async () => (await import("./workspace/switch.ts")).workspaceSwitch,
      "member list": async () => (await import("./member/list.ts")).memberList,
      "member invite": async () => (await import("./member/invite.ts")).memberInvite,
      "member remove": async () => (await import("./member/remove.ts")).memberRemove,
    },
  },
  {
    title: "This machine",
    commands: {
      "repo checkout": async () => (await import("./repo/checkout.ts")).repoCheckout,
      "daemon start": async () => (await import("./daemon/start.ts")).daemonStart,
      "daemon stop": async () => (await import("./daemon/stop.ts")).daemonStop,
      "daemon restart": async () => (await import("./daemon/restart.ts")).daemonRestart,
      "daemon status": async () => (await import("./daemon/status.ts")).daemonStatus,
      "daemon logs": async () => (await import("./daemon/logs.ts")).daemonLogs,
      "daemon probe": async () => (await import("./daemon/probe.ts")).daemonProbe,
      "daemon outbox": async () => (await import("./daemon/outbox.ts")).daemonOutbox,
      "daemon disk-usage": async () => (await import("./daemon/disk-usage.ts")).daemonDiskUsage,
      "daemon replay": async () => (await import("./daemon/replay.ts")).daemonReplay,
      "admin owner-link": async () => (await import("./admin/owner-link.ts")).adminOwnerLink,
      "admin sign-in-link": async () => (await import("./admin/sign-in-link.ts")).adminSignInLink,
      "admin token": async () => (await import("./admin/token.ts")).adminToken,
      "admin users": async () => (await import("./admin/users.ts")).adminUsers,
    },
  },
];
