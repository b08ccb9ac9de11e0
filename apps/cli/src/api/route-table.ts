import type { agentMcp } from "@headcount/contract/agents/mcp-routes";
import type { agents } from "@headcount/contract/agents/routes";
import type { budgets } from "@headcount/contract/budgets/routes";
import type { comments, issues } from "@headcount/contract/issues/routes";
import type { live } from "@headcount/contract/live/routes";
import type { invitations, members } from "@headcount/contract/members/routes";
import type { notices } from "@headcount/contract/notices/routes";
import type { projects } from "@headcount/contract/projects/routes";
import type { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import type { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { runaway } from "@headcount/contract/runaway/routes";
import type { runtimes } from "@headcount/contract/runtimes/routes";
import type { server } from "@headcount/contract/server/routes";
import type { agentSkills, skillFiles, skills } from "@headcount/contract/skills/routes";
import type { tank } from "@headcount/contract/tank/routes";
import type { tasks } from "@headcount/contract/tasks/routes";
import type { books } from "@headcount/contract/usage/books-routes";
import type { usageEvents } from "@headcount/contract/usage/event-routes";
import type { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import type { prices } from "@headcount/contract/usage/price-routes";
import type { usageQueries } from "@headcount/contract/usage/query-routes";
import type { usageImport } from "@headcount/contract/usage/import-routes";
import type { usage } from "@headcount/contract/usage/routes";
import type { account, auth } from "@headcount/contract/users/routes";
import type { workspaces } from "@headcount/contract/workspaces/routes";

/** The routes that commands call, by the name they have in the contract. */
export type ApiRoutes = {
  "agents.list": typeof agents.list;
  "agents.create": typeof agents.create;
  "agents.get": typeof agents.get;
  "agents.update": typeof agents.update;
  "agents.set-access": typeof agents.setAccess;
  "agents.archive": typeof agents.archive;
  "agents.restore": typeof agents.restore;
  "agents.get-environment": typeof agents.getEnvironment;
  "agents.set-environment": typeof agents.setEnvironment;
  "agents.get-mcp-servers": typeof agentMcp.get;
  "agents.set-mcp-servers": typeof agentMcp.set;
  "agent-skills.list": typeof agentSkills.list;
  "agent-skills.bind": typeof agentSkills.bind;
  "agent-skills.unbind": typeof agentSkills.unbind;
  "budgets.list": typeof budgets.list;
  "budgets.get": typeof budgets.get;
  "budgets.create": typeof budgets.create;
  "budgets.update": typeof budgets.update;
  "budgets.raise": typeof budgets.raise;
  "budgets.archive": typeof budgets.archive;
  "budgets.periods": typeof budgets.periods;
  "budgets.history": typeof budgets.history;
  "budgets.tasks": typeof budgets.tasks;
  "comments.list": typeof comments.list;
  "comments.add": typeof comments.add;
  "comments.preview": typeof comments.preview;
  "comments.update": typeof comments.update;
  "comments.delete": typeof comments.delete;
  "comments.resolve": typeof comments.resolve;
  "git-connections.list": typeof gitConnections.list;
  "git-connections.create": typeof gitConnections.create;
  "git-connections.rotate-secret": typeof gitConnections.rotateSecret;
  "git-connections.delete": typeof gitConnections.delete;
  "issues.list": typeof issues.list;
  "issues.create": typeof issues.create;
  "issues.get": typeof issues.get;
  "issues.update": typeof issues.update;
  "issues.move": typeof issues.move;
  "issues.delete": typeof issues.delete;
  "issues.restore": typeof issues.restore;
  "issues.trash": typeof issues.trash;
  "issues.start": typeof issues.start;
  "issues.timeline": typeof issues.timeline;
  "issues.tasks": typeof issues.tasks;
  "invitations.list": typeof invitations.list;
  "invitations.create": typeof invitations.create;
  "invitations.revoke": typeof invitations.revoke;
  "live.snapshot": typeof live.snapshot;
  "members.list": typeof members.list;
  "members.update": typeof members.update;
  "members.remove": typeof members.remove;
  "members.leave": typeof members.leave;
  "notices.list": typeof notices.list;
  "notices.read": typeof notices.read;
  "notices.webhook": typeof notices.webhook;
  "notices.set-webhook": typeof notices.setWebhook;
  "notices.remove-webhook": typeof notices.removeWebhook;
  "notices.test-webhook": typeof notices.testWebhook;
  "notices.deliveries": typeof notices.deliveries;
  "projects.list": typeof projects.list;
  "projects.create": typeof projects.create;
  "projects.get": typeof projects.get;
  "projects.update": typeof projects.update;
  "projects.delete": typeof projects.delete;
  "projects.set-directory": typeof projects.setDirectory;
  "projects.remove-directory": typeof projects.removeDirectory;
  "pull-requests.list": typeof pullRequests.list;
  "pull-requests.record": typeof pullRequests.record;
  "pull-requests.delete": typeof pullRequests.delete;
  "runaway.holds": typeof runaway.holds;
  "runaway.release": typeof runaway.release;
  "runtimes.list": typeof runtimes.list;
  "runtimes.get": typeof runtimes.get;
  "runtimes.inspect": typeof runtimes.inspect;
  "runtimes.update": typeof runtimes.update;
  "runtimes.repoint": typeof runtimes.repoint;
  "runtimes.delete": typeof runtimes.delete;
  "runtimes.remove-and-delete": typeof runtimes.removeAndDelete;
  "server.config": typeof server.config;
  "server.doctor": typeof server.doctor;
  "server.doctor-run": typeof server.doctorRun;
  "skills.list": typeof skills.list;
  "skills.create": typeof skills.create;
  "skills.get": typeof skills.get;
  "skills.update": typeof skills.update;
  "skills.delete": typeof skills.delete;
  "skills.import": typeof skills.import;
  "skills.export": typeof skills.export;
  "skill-files.read": typeof skillFiles.read;
  "skill-files.write": typeof skillFiles.write;
  "skill-files.remove": typeof skillFiles.remove;
  "tank.balance": typeof tank.balance;
  "tank.top-up": typeof tank.topUp;
  "tank.correct": typeof tank.correct;
  "tank.entries": typeof tank.entries;
  "tank.settings": typeof tank.settings;
  "tasks.list": typeof tasks.list;
  "tasks.get": typeof tasks.get;
  "tasks.why": typeof tasks.why;
  "tasks.transcript": typeof tasks.transcript;
  "tasks.cancel": typeof tasks.cancel;
  "tasks.rerun": typeof tasks.rerun;
  "tasks.run-now": typeof tasks.runNow;
  "tasks.continue-chain": typeof tasks.continueChain;
  "usage.query": typeof usageQueries.query;
  "usage.tasks": typeof usageQueries.tasks;
  "usage.outcomes": typeof usageQueries.outcomes;
  "usage.forecast": typeof usageForecasts.forecast;
  "usage.estimate": typeof usageForecasts.estimate;
  "usage.by-agent": typeof usageQueries.byAgent;
  "usage.activity": typeof usageQueries.activity;
  "usage.runtime": typeof usageQueries.runtime;
  "usage.daily": typeof usage.daily;
  "usage.issue": typeof usage.issue;
  "usage.task": typeof usage.task;
  "usage.verify": typeof usage.verify;
  "usage.bounds": typeof books.bounds;
  "usage.rebuild": typeof books.rebuild;
  "usage.quarantine": typeof books.quarantine;
  "usage.import": typeof usageImport.import;
  "usage.explain": typeof usageEvents.explain;
  "usage.events": typeof usageEvents.ofTask;
  "prices.list": typeof prices.list;
  "prices.unpriced": typeof prices.unpriced;
  "prices.overrides": typeof prices.overrides;
  "prices.set-override": typeof prices.setOverride;
  "prices.end-override": typeof prices.endOverride;
  "prices.preview-reprice": typeof prices.previewReprice;
  "prices.reprice": typeof prices.reprice;
  "prices.repricings": typeof prices.repricings;
  "prices.undo-reprice": typeof prices.undoReprice;
  "account.me": typeof account.me;
  "account.list-tokens": typeof account.listTokens;
  "account.create-token": typeof account.createToken;
  "account.revoke-token": typeof account.revokeToken;
  "auth.mint-sign-in-link": typeof auth.mintSignInLink;
  "workspaces.list": typeof workspaces.list;
  "workspaces.create": typeof workspaces.create;
  "workspaces.get": typeof workspaces.get;
  "workspaces.update": typeof workspaces.update;
  "workspaces.delete": typeof workspaces.delete;
};

export type RouteName = keyof ApiRoutes;

/**
 * Method and path of each route. The contract itself brings zod, which takes longer to load than a
 * short command takes to run; its types alone make the compiler refuse a wrong entry here.
 */
export const routeTable: {
  readonly [Name in RouteName]: readonly [ApiRoutes[Name]["method"], ApiRoutes[Name]["path"]];
} = {
  "agents.list": ["GET", "/api/w/:workspace/agents"],
  "agents.create": ["POST", "/api/w/:workspace/agents"],
  "agents.get": ["GET", "/api/w/:workspace/agents/:agentId"],
  "agents.update": ["PATCH", "/api/w/:workspace/agents/:agentId"],
  "agents.set-access": ["PUT", "/api/w/:workspace/agents/:agentId/access"],
  "agents.archive": ["POST", "/api/w/:workspace/agents/:agentId/archive"],
  "agents.restore": ["POST", "/api/w/:workspace/agents/:agentId/restore"],
  "agents.get-environment": ["GET", "/api/w/:workspace/agents/:agentId/env"],
  "agents.set-environment": ["PUT", "/api/w/:workspace/agents/:agentId/env"],
  "agents.get-mcp-servers": ["GET", "/api/w/:workspace/agents/:agentId/mcp"],
  "agents.set-mcp-servers": ["PUT", "/api/w/:workspace/agents/:agentId/mcp"],
  "agent-skills.list": ["GET", "/api/w/:workspace/agents/:agentId/skills"],
  "agent-skills.bind": ["PUT", "/api/w/:workspace/agents/:agentId/skills/:skillId"],
  "agent-skills.unbind": ["DELETE", "/api/w/:workspace/agents/:agentId/skills/:skillId"],
  "budgets.list": ["GET", "/api/w/:workspace/budgets"],
  "budgets.get": ["GET", "/api/w/:workspace/budgets/:budgetId"],
  "budgets.create": ["POST", "/api/w/:workspace/budgets"],
  "budgets.update": ["PATCH", "/api/w/:workspace/budgets/:budgetId"],
  "budgets.raise": ["POST", "/api/w/:workspace/budgets/:budgetId/raise"],
  "budgets.archive": ["POST", "/api/w/:workspace/budgets/:budgetId/archive"],
  "budgets.periods": ["GET", "/api/w/:workspace/budgets/:budgetId/periods"],
  "budgets.history": ["GET", "/api/w/:workspace/budgets/:budgetId/history"],
  "budgets.tasks": ["GET", "/api/w/:workspace/budgets/:budgetId/tasks"],
  "comments.list": ["GET", "/api/w/:workspace/issues/:issue/comments"],
  "comments.add": ["POST", "/api/w/:workspace/issues/:issue/comments"],
  "comments.preview": ["POST", "/api/w/:workspace/issues/:issue/comments/preview"],
  "comments.update": ["PATCH", "/api/w/:workspace/comments/:commentId"],
  "comments.delete": ["DELETE", "/api/w/:workspace/comments/:commentId"],
  "comments.resolve": ["POST", "/api/w/:workspace/comments/:commentId/resolve"],
  "git-connections.list": ["GET", "/api/w/:workspace/git-connections"],
  "git-connections.create": ["POST", "/api/w/:workspace/git-connections"],
  "git-connections.rotate-secret": [
    "POST",
    "/api/w/:workspace/git-connections/:connectionId/secret",
  ],
  "git-connections.delete": ["DELETE", "/api/w/:workspace/git-connections/:connectionId"],
  "issues.list": ["GET", "/api/w/:workspace/issues"],
  "issues.create": ["POST", "/api/w/:workspace/issues"],
  "issues.get": ["GET", "/api/w/:workspace/issues/:issue"],
  "issues.update": ["PATCH", "/api/w/:workspace/issues/:issue"],
  "issues.move": ["POST", "/api/w/:workspace/issues/:issue/move"],
  "issues.delete": ["DELETE", "/api/w/:workspace/issues/:issue"],
  "issues.restore": ["POST", "/api/w/:workspace/issues/:issue/restore"],
  "issues.trash": ["GET", "/api/w/:workspace/trash"],
  "issues.start": ["POST", "/api/w/:workspace/issues/:issue/start"],
  "issues.timeline": ["GET", "/api/w/:workspace/issues/:issue/timeline"],
  "issues.tasks": ["GET", "/api/w/:workspace/issues/:issue/tasks"],
  "invitations.list": ["GET", "/api/w/:workspace/invitations"],
  "invitations.create": ["POST", "/api/w/:workspace/invitations"],
  "invitations.revoke": ["DELETE", "/api/w/:workspace/invitations/:invitationId"],
  "live.snapshot": ["GET", "/api/w/:workspace/live"],
  "members.list": ["GET", "/api/w/:workspace/members"],
  "members.update": ["PATCH", "/api/w/:workspace/members/:memberId"],
  "members.remove": ["DELETE", "/api/w/:workspace/members/:memberId"],
  "members.leave": ["POST", "/api/w/:workspace/leave"],
  "notices.list": ["GET", "/api/w/:workspace/notices"],
  "notices.read": ["POST", "/api/w/:workspace/notices/read"],
  "notices.webhook": ["GET", "/api/w/:workspace/notices/webhook"],
  "notices.set-webhook": ["PUT", "/api/w/:workspace/notices/webhook"],
  "notices.remove-webhook": ["DELETE", "/api/w/:workspace/notices/webhook"],
  "notices.test-webhook": ["POST", "/api/w/:workspace/notices/webhook/test"],
  "notices.deliveries": ["GET", "/api/w/:workspace/notices/webhook/deliveries"],
  "projects.list": ["GET", "/api/w/:workspace/projects"],
  "projects.create": ["POST", "/api/w/:workspace/projects"],
  "projects.get": ["GET", "/api/w/:workspace/projects/:projectId"],
  "projects.update": ["PATCH", "/api/w/:workspace/projects/:projectId"],
  "projects.delete": ["DELETE", "/api/w/:workspace/projects/:projectId"],
  "projects.set-directory": ["PUT", "/api/w/:workspace/projects/:projectId/directories/:daemonId"],
  "projects.remove-directory": [
    "DELETE",
    "/api/w/:workspace/projects/:projectId/directories/:daemonId",
  ],
  "pull-requests.list": ["GET", "/api/w/:workspace/pull-requests"],
  "pull-requests.record": ["POST", "/api/w/:workspace/pull-requests"],
  "pull-requests.delete": ["DELETE", "/api/w/:workspace/pull-requests/:pullRequestId"],
  "runaway.holds": ["GET", "/api/w/:workspace/runaway/holds"],
  "runaway.release": ["POST", "/api/w/:workspace/agents/:agentId/release"],
  "runtimes.list": ["GET", "/api/w/:workspace/runtimes"],
  "runtimes.get": ["GET", "/api/w/:workspace/runtimes/:runtimeId"],
  "runtimes.inspect": ["POST", "/api/w/:workspace/runtimes/:runtimeId/inspect"],
  "runtimes.update": ["PATCH", "/api/w/:workspace/runtimes/:runtimeId"],
  "runtimes.repoint": ["POST", "/api/w/:workspace/runtimes/:runtimeId/repoint"],
  "runtimes.delete": ["DELETE", "/api/w/:workspace/runtimes/:runtimeId"],
  "runtimes.remove-and-delete": ["POST", "/api/w/:workspace/runtimes/:runtimeId/remove-and-delete"],
  "server.config": ["GET", "/api/config"],
  "server.doctor": ["GET", "/api/instance/doctor"],
  "server.doctor-run": ["POST", "/api/w/:workspace/doctor-run"],
  "skills.list": ["GET", "/api/w/:workspace/skills"],
  "skills.create": ["POST", "/api/w/:workspace/skills"],
  "skills.get": ["GET", "/api/w/:workspace/skills/:skillId"],
  "skills.update": ["PATCH", "/api/w/:workspace/skills/:skillId"],
  "skills.delete": ["DELETE", "/api/w/:workspace/skills/:skillId"],
  "skills.import": ["POST", "/api/w/:workspace/skills/import"],
  "skills.export": ["GET", "/api/w/:workspace/skills/:skillId/export"],
  "skill-files.read": ["GET", "/api/w/:workspace/skills/:skillId/file"],
  "skill-files.write": ["PUT", "/api/w/:workspace/skills/:skillId/file"],
  "skill-files.remove": ["DELETE", "/api/w/:workspace/skills/:skillId/file"],
  "tank.balance": ["GET", "/api/w/:workspace/balance"],
  "tank.top-up": ["POST", "/api/w/:workspace/tank/top-ups"],
  "tank.correct": ["POST", "/api/w/:workspace/tank/corrections"],
  "tank.entries": ["GET", "/api/w/:workspace/tank/entries"],
  "tank.settings": ["PATCH", "/api/w/:workspace/tank"],
  "tasks.list": ["GET", "/api/w/:workspace/tasks"],
  "tasks.get": ["GET", "/api/w/:workspace/tasks/:taskId"],
  "tasks.why": ["GET", "/api/w/:workspace/tasks/:taskId/why"],
  "tasks.transcript": ["GET", "/api/w/:workspace/tasks/:taskId/transcript"],
  "tasks.cancel": ["POST", "/api/w/:workspace/tasks/:taskId/cancel"],
  "tasks.rerun": ["POST", "/api/w/:workspace/tasks/:taskId/rerun"],
  "tasks.run-now": ["POST", "/api/w/:workspace/tasks/:taskId/run-now"],
  "tasks.continue-chain": ["POST", "/api/w/:workspace/tasks/:taskId/continue"],
  "usage.query": ["GET", "/api/w/:workspace/usage/query"],
  "usage.tasks": ["GET", "/api/w/:workspace/usage/tasks"],
  "usage.outcomes": ["GET", "/api/w/:workspace/usage/outcomes"],
  "usage.forecast": ["GET", "/api/w/:workspace/usage/forecast"],
  "usage.estimate": ["GET", "/api/w/:workspace/usage/estimate"],
  "usage.by-agent": ["GET", "/api/w/:workspace/usage/by-agent"],
  "usage.activity": ["GET", "/api/w/:workspace/usage/activity"],
  "usage.runtime": ["GET", "/api/w/:workspace/runtimes/:runtimeId/usage"],
  "usage.daily": ["GET", "/api/w/:workspace/usage/daily"],
  "usage.issue": ["GET", "/api/w/:workspace/issues/:issue/usage"],
  "usage.task": ["GET", "/api/w/:workspace/tasks/:taskId/usage"],
  "usage.verify": ["POST", "/api/w/:workspace/usage/verify"],
  "usage.bounds": ["GET", "/api/w/:workspace/usage/bounds"],
  "usage.rebuild": ["POST", "/api/w/:workspace/usage/rebuild"],
  "usage.quarantine": ["GET", "/api/w/:workspace/usage/quarantine"],
  "usage.import": ["POST", "/api/w/:workspace/usage/import"],
  "usage.explain": ["GET", "/api/w/:workspace/usage/events/:event"],
  "usage.events": ["GET", "/api/w/:workspace/tasks/:taskId/usage/events"],
  "prices.list": ["GET", "/api/w/:workspace/usage/prices"],
  "prices.unpriced": ["GET", "/api/w/:workspace/usage/unpriced"],
  "prices.overrides": ["GET", "/api/w/:workspace/usage/price-overrides"],
  "prices.set-override": ["POST", "/api/w/:workspace/usage/price-overrides"],
  "prices.end-override": ["POST", "/api/w/:workspace/usage/price-overrides/:overrideId/end"],
  "prices.preview-reprice": ["POST", "/api/w/:workspace/usage/reprice/preview"],
  "prices.reprice": ["POST", "/api/w/:workspace/usage/reprice"],
  "prices.repricings": ["GET", "/api/w/:workspace/usage/repricings"],
  "prices.undo-reprice": ["POST", "/api/w/:workspace/usage/repricings/:repricingId/undo"],
  "account.me": ["GET", "/api/me"],
  "account.list-tokens": ["GET", "/api/me/tokens"],
  "account.create-token": ["POST", "/api/me/tokens"],
  "account.revoke-token": ["DELETE", "/api/me/tokens/:tokenId"],
  "auth.mint-sign-in-link": ["POST", "/api/auth/sign-in-link"],
  "workspaces.list": ["GET", "/api/workspaces"],
  "workspaces.create": ["POST", "/api/workspaces"],
  "workspaces.get": ["GET", "/api/w/:workspace"],
  "workspaces.update": ["PATCH", "/api/w/:workspace"],
  "workspaces.delete": ["DELETE", "/api/w/:workspace"],
};
