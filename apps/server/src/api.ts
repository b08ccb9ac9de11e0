import type { Handler } from "./platform/command.ts";
import { archiveAgentCommand } from "./agents/archive-agent.ts";
import { createAgentCommand } from "./agents/create-agent.ts";
import { getAgentEnvironment } from "./agents/get-agent-environment.ts";
import { getAgentMcpServers } from "./agents/get-agent-mcp-servers.ts";
import { getAgentQuery } from "./agents/get-agent.ts";
import { listAgents } from "./agents/list-agents.ts";
import { restoreAgent } from "./agents/restore-agent.ts";
import { setAgentAccess } from "./agents/set-agent-access.ts";
import { setAgentEnvironment } from "./agents/set-agent-environment.ts";
import { setAgentMcpServers } from "./agents/set-agent-mcp-servers.ts";
import { updateAgent } from "./agents/update-agent.ts";
import { archiveBudget } from "./budgets/archive-budget.ts";
import { createBudget } from "./budgets/create-budget.ts";
import { getBudget } from "./budgets/get-budget.ts";
import { listBudgetTasks } from "./budgets/list-budget-tasks.ts";
import { listBudgets } from "./budgets/list-budgets.ts";
import { listBudgetHistory } from "./budgets/list-history.ts";
import { listBudgetPeriods } from "./budgets/list-periods.ts";
import { previewBudget } from "./budgets/preview-budget.ts";
import { raiseBudget } from "./budgets/raise-budget.ts";
import { updateBudget } from "./budgets/update-budget.ts";
import { addComment, previewComment } from "./comments/add-comment.ts";
import { deleteComment, editComment, resolveThread } from "./comments/edit-comment.ts";
import { listComments } from "./comments/read-comments.ts";
import { answerDirectoryCheck } from "./daemons/answer-directory-check.ts";
import { claim } from "./daemons/claim.ts";
import { listCollectable } from "./daemons/collectable.ts";
import { deliverOutbox } from "./daemons/deliver-outbox.ts";
import { deregisterDaemon } from "./daemons/deregister.ts";
import { enrolDaemon } from "./daemons/enrol.ts";
import { heartbeat } from "./daemons/heartbeat.ts";
import { listDaemonWorkspaces } from "./daemons/list-daemon-workspaces.ts";
import { listOwnedTasks } from "./daemons/owned-tasks.ts";
import { registerRuntimes } from "./daemons/register-runtimes.ts";
import { reportInspection } from "./daemons/report-inspection.ts";
import { giveBackTaskStep, startTaskStep, waitForDirectoryStep } from "./daemons/task-steps.ts";
import { getConfig } from "./doctor/get-config.ts";
import { doctor } from "./doctor/run-checks.ts";
import { startDoctorRun } from "./doctor/start-run.ts";
import { createIssue } from "./issues/create-issue.ts";
import { deleteIssue, restoreIssue } from "./issues/delete-issue.ts";
import { getIssueQuery } from "./issues/get-issue.ts";
import { listIssues } from "./issues/list-issues.ts";
import { listTrash } from "./issues/list-trash.ts";
import { moveIssue } from "./issues/move-issue.ts";
import { previewIssueWrite } from "./issues/preview-issue-write.ts";
import { readBoard } from "./issues/read-board.ts";
import { readTimeline } from "./issues/read-timeline.ts";
import { startIssue } from "./issues/start-issue.ts";
import { updateIssue } from "./issues/update-issue.ts";
import { readLiveSeries } from "./live/read-series.ts";
import { readLiveSnapshot } from "./live/read-snapshot.ts";
import { changeRole } from "./members/change-role.ts";
import { createInvitation, listInvitations, revokeInvitation } from "./members/invitations.ts";
import { acceptJoin, previewJoin } from "./members/join.ts";
import { listMembers } from "./members/read-members.ts";
import { leaveWorkspace, removeMember } from "./members/remove-member.ts";
import { listNotices } from "./notices/list-notices.ts";
import { readNotices } from "./notices/read-notices.ts";
import { getWebhook, removeWebhook, setWebhook } from "./notices/set-webhook.ts";
import { listDeliveries, replayDelivery, testWebhook } from "./notices/webhook-deliveries.ts";
import {
  createProject,
  deleteProject,
  getProjectQuery,
  listProjects,
  updateProject,
} from "./projects/projects.ts";
import { removeProjectDirectory } from "./projects/remove-directory.ts";
import { setProjectDirectory } from "./projects/set-directory.ts";
import {
  createConnection,
  deleteConnection,
  listConnections,
  rotateSecret,
} from "./pull-requests/connections.ts";
import { deletePullRequest } from "./pull-requests/delete-pull-request.ts";
import { listIssuePullRequests } from "./pull-requests/list-issue-pull-requests.ts";
import { listPullRequests } from "./pull-requests/list-pull-requests.ts";
import { recordPullRequest } from "./pull-requests/record-pull-request.ts";
import { takeGithubDelivery } from "./pull-requests/take-github-delivery.ts";
import { pollChanges, readCursor } from "./realtime/poll-changes.ts";
import { listHolds } from "./runaway/list-holds.ts";
import { releaseAgent } from "./runaway/release-agent.ts";
import { getRuntimeQuery } from "./runtimes/get-runtime.ts";
import { inspectRuntime } from "./runtimes/inspect-runtime.ts";
import { listRuntimes } from "./runtimes/list-runtimes.ts";
import { deleteRuntime, removeAndDeleteRuntime } from "./runtimes/remove-runtime.ts";
import { repointRuntime } from "./runtimes/repoint-runtime.ts";
import { updateRuntime } from "./runtimes/update-runtime.ts";
import { bindSkill, listAgentSkills, unbindSkill } from "./skills/agent-skills.ts";
import { createSkill } from "./skills/create-skill.ts";
import { deleteSkill } from "./skills/delete-skill.ts";
import { exportSkill } from "./skills/export-skill.ts";
import { getSkillBundle } from "./skills/get-bundle.ts";
import { importSkill } from "./skills/import-skill.ts";
import { getSkillQuery, listSkills } from "./skills/list-skills.ts";
import { readSkillFile, removeSkillFile, writeSkillFile } from "./skills/skill-files.ts";
import { updateSkill } from "./skills/update-skill.ts";
import { getBalance } from "./tank/get-balance.ts";
import { listEntries } from "./tank/list-entries.ts";
import { setTank } from "./tank/set-tank.ts";
import { correctTank, topUpTank } from "./tank/top-up.ts";
import { cancelTask } from "./tasks/cancel-task.ts";
import { continueChain } from "./tasks/continue-chain.ts";
import { getTaskQuery, listIssueTasks, listTasks } from "./tasks/list-tasks.ts";
import { readTranscript } from "./tasks/read-transcript.ts";
import { rerunTask } from "./tasks/rerun-task.ts";
import { runTaskNow } from "./tasks/run-task-now.ts";
import { whyWaiting } from "./tasks/why-waiting.ts";
import { usageHandlers } from "./usage/usage-handlers.ts";
import {
  bootstrap,
  createToken,
  listSessions,
  listTokens,
  logout,
  me,
  revokeOtherSessions,
  revokeSession,
  revokeToken,
} from "./users/account.ts";
import { setup, setupState } from "./users/owner-link.ts";
import { mintSignInLink, signInWithLink } from "./users/sign-in-link.ts";
import { updateMe } from "./users/update-me.ts";
import { createWorkspace } from "./workspaces/create-workspace.ts";
import { deleteWorkspace } from "./workspaces/delete-workspace.ts";
import { getWorkspaceQuery } from "./workspaces/get-workspace.ts";
import { listWorkspaces } from "./workspaces/list-workspaces.ts";
import { updateWorkspace } from "./workspaces/update-workspace.ts";

/** Every command and query of the API, by slice; those of the books, which are many, have a list of their own. */
export const handlers: readonly Handler[] = [
  // doctor
  getConfig,
  doctor,
  startDoctorRun,
  // users
  setup,
  setupState,
  signInWithLink,
  mintSignInLink,
  logout,
  me,
  updateMe,
  bootstrap,
  listSessions,
  revokeSession,
  revokeOtherSessions,
  listTokens,
  createToken,
  revokeToken,
  // workspaces
  listWorkspaces,
  createWorkspace,
  getWorkspaceQuery,
  updateWorkspace,
  deleteWorkspace,
  // members
  previewJoin,
  acceptJoin,
  listMembers,
  changeRole,
  removeMember,
  leaveWorkspace,
  listInvitations,
  createInvitation,
  revokeInvitation,
  // projects
  listProjects,
  createProject,
  getProjectQuery,
  updateProject,
  deleteProject,
  setProjectDirectory,
  removeProjectDirectory,
  // pull requests
  listPullRequests,
  listIssuePullRequests,
  recordPullRequest,
  deletePullRequest,
  listConnections,
  createConnection,
  rotateSecret,
  deleteConnection,
  takeGithubDelivery,
  // issues
  listIssues,
  readBoard,
  createIssue,
  getIssueQuery,
  updateIssue,
  moveIssue,
  deleteIssue,
  restoreIssue,
  listTrash,
  previewIssueWrite,
  startIssue,
  readTimeline,
  // comments
  listComments,
  addComment,
  previewComment,
  editComment,
  deleteComment,
  resolveThread,
  // agents
  listAgents,
  getAgentQuery,
  createAgentCommand,
  updateAgent,
  setAgentAccess,
  archiveAgentCommand,
  restoreAgent,
  getAgentEnvironment,
  setAgentEnvironment,
  getAgentMcpServers,
  setAgentMcpServers,
  // skills
  listSkills,
  createSkill,
  getSkillQuery,
  updateSkill,
  deleteSkill,
  importSkill,
  exportSkill,
  readSkillFile,
  writeSkillFile,
  removeSkillFile,
  listAgentSkills,
  bindSkill,
  unbindSkill,
  getSkillBundle,
  // runtimes
  listRuntimes,
  getRuntimeQuery,
  updateRuntime,
  inspectRuntime,
  repointRuntime,
  deleteRuntime,
  removeAndDeleteRuntime,
  // runaway
  listHolds,
  releaseAgent,
  // tasks
  listTasks,
  listIssueTasks,
  getTaskQuery,
  whyWaiting,
  readTranscript,
  cancelTask,
  rerunTask,
  runTaskNow,
  continueChain,
  // daemons
  answerDirectoryCheck,
  enrolDaemon,
  listDaemonWorkspaces,
  registerRuntimes,
  reportInspection,
  deregisterDaemon,
  heartbeat,
  claim,
  startTaskStep,
  waitForDirectoryStep,
  giveBackTaskStep,
  deliverOutbox,
  listOwnedTasks,
  listCollectable,
  ...usageHandlers,
  // live
  readLiveSnapshot,
  readLiveSeries,
  // budgets
  listBudgets,
  getBudget,
  previewBudget,
  createBudget,
  updateBudget,
  raiseBudget,
  archiveBudget,
  listBudgetPeriods,
  listBudgetHistory,
  listBudgetTasks,
  // tank
  getBalance,
  topUpTank,
  correctTank,
  listEntries,
  setTank,
  // notices
  listNotices,
  readNotices,
  getWebhook,
  setWebhook,
  removeWebhook,
  testWebhook,
  listDeliveries,
  replayDelivery,
  // realtime
  pollChanges,
  readCursor,
];
