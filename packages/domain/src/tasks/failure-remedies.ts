import type { FailureReason } from "@headcount/contract/tasks/states";

/** What to do about a failure, in the product's languages. */
export type Remedy = { readonly en: string; readonly "zh-Hans": string };

/**
 * Every reason with what happened in one sentence and the next step, named as the pages name it or
 * as a command that can be carried out as it stands.
 */
export const failureRemedies: Readonly<Record<FailureReason, Remedy>> = {
  queued_expired: {
    en: "No machine took this run in time. Start the daemon with `headcount daemon start`, then press Run again.",
    "zh-Hans":
      "没有机器及时领取此次运行。请用 `headcount daemon start` 启动守护进程，然后再次运行。",
  },
  runtime_offline: {
    en: "The machine went silent. On that machine run `headcount daemon start`; the run continues by itself when it returns.",
    "zh-Hans": "机器失去联系。请在该机器上运行 `headcount daemon start`；恢复后会自动继续。",
  },
  runtime_reconnect_timeout: {
    en: "The machine did not come back. Run `headcount daemon start` there or give the agent another runtime, then press Run again.",
    "zh-Hans":
      "机器没有恢复连接。请在该机器上运行 `headcount daemon start`，或为智能体选择其他运行环境，然后再次运行。",
  },
  runtime_recovery: {
    en: "The daemon restarted in the middle of the run. Press Run again to continue in the same session; `headcount daemon logs` shows why it stopped.",
    "zh-Hans":
      "运行期间守护进程重启了。再次运行即可在同一会话中继续；`headcount daemon logs` 会显示停止原因。",
  },
  timeout: {
    en: "The run showed no sign of life for too long. Read the end of its transcript, then press Run again; HEADCOUNT_IDLE_TIMEOUT and HEADCOUNT_TOOL_TIMEOUT on the machine set how long is too long.",
    "zh-Hans":
      "运行过久没有任何动静。请查看运行记录的末尾，然后再次运行；时限由机器上的 HEADCOUNT_IDLE_TIMEOUT 和 HEADCOUNT_TOOL_TIMEOUT 设定。",
  },
  iteration_limit: {
    en: "The agent used up the number of turns its CLI allows. Split the issue or raise the turn limit in the agent's extra arguments, then press Run again.",
    "zh-Hans":
      "智能体用完了 CLI 允许的轮次。请拆分事项，或在额外参数中提高轮次上限，然后再次运行。",
  },
  agent_blocked: {
    en: "The agent says it cannot go on alone. Answer its comment on the issue to wake it.",
    "zh-Hans": "智能体表示无法独自继续。请在事项上回复它的评论以唤醒它。",
  },
  api_invalid_request: {
    en: "The provider refused the request as malformed. Press Run again to start a fresh session; if it repeats, choose another model for the agent.",
    "zh-Hans": "提供方认为请求格式有误。再次运行将开始新会话；如仍出现，请为智能体选择其他模型。",
  },
  skill_bundle_unavailable: {
    en: "The agent's skills could not be fetched. Check the connection with `headcount doctor` on the machine, then press Run again.",
    "zh-Hans": "无法获取智能体的技能。请在该机器上用 `headcount doctor` 检查连接，然后再次运行。",
  },
  runtime_cli_timeout: {
    en: "The agent CLI did not answer when it was started. Run it once by hand on that machine, then press Run again; HEADCOUNT_HANDSHAKE_TIMEOUT gives a slow one more time.",
    "zh-Hans":
      "智能体 CLI 启动后没有应答。请在该机器上手动运行一次，然后再次运行；较慢的 CLI 可用 HEADCOUNT_HANDSHAKE_TIMEOUT 给更多时间。",
  },
  invalid_task_identity: {
    en: "The daemon was given a task that is not its own. Restart it with `headcount daemon restart`, then press Run again.",
    "zh-Hans":
      "守护进程收到了不属于它的任务。请用 `headcount daemon restart` 重启它，然后再次运行。",
  },
  directory_error: {
    en: "The work directory could not be prepared. Check free disk space and access to the repository with `headcount doctor` on the machine, then press Run again.",
    "zh-Hans":
      "无法准备工作目录。请在该机器上用 `headcount doctor` 检查磁盘空间和仓库访问权限，然后再次运行。",
  },
  semantic_inactivity: {
    en: "The agent ran without making progress. Add what it was missing as a comment, or press Run again for a fresh session.",
    "zh-Hans": "智能体运行但没有进展。请以评论补充它缺少的信息，或再次运行以开始新会话。",
  },
  resume_oversized: {
    en: "The earlier session is too large to continue. Press Run again to start a fresh one.",
    "zh-Hans": "之前的会话过大，无法继续。再次运行将开始新会话。",
  },
  agent_fallback_message: {
    en: "The CLI ended with a stock message instead of an answer. Press Run again to start a fresh session.",
    "zh-Hans": "CLI 以固定提示结束，而没有给出回答。再次运行将开始新会话。",
  },
  budget_stop: {
    en: "A budget stopped this run after the model call that crossed its limit. It goes on in the same session when the budget has room again: raise its limit or top up the tank; `headcount budget list` shows which one it is.",
    "zh-Hans":
      "预算在超限的那次模型调用之后停止了此次运行。预算恢复余量后会在同一会话中继续：请提高上限或充值余额；用 `headcount budget list` 查看是哪一项预算。",
  },
  runaway_stop: {
    en: "This run was using far more than its agent usually does, so the agent was put on hold. Look at the end of the transcript, then let the agent go on under Agent, or with `headcount agent release`; the run continues in the same session.",
    "zh-Hans":
      "此次运行的用量远超该智能体的往常水平，因此智能体已被暂停。请查看运行记录的末尾，然后在智能体页面或用 `headcount agent release` 放行；运行会在同一会话中继续。",
  },
  cancelled: {
    en: "Somebody stopped this run. Press Run again to continue in the same session.",
    "zh-Hans": "有人停止了此次运行。再次运行即可在同一会话中继续。",
  },
  "agent_error.provider_auth_or_access": {
    en: "The provider refused the credentials. Sign in to the agent CLI on that machine or set its key under Agent → Environment, then press Run again.",
    "zh-Hans":
      "提供方拒绝了凭据。请在该机器上登录智能体 CLI，或在“智能体 → 环境变量”中设置密钥，然后再次运行。",
  },
  "agent_error.provider_quota_limit": {
    en: "The provider account has used up its quota. Wait for the reset, raise the limit with the provider, or choose another model, then press Run again.",
    "zh-Hans": "提供方账户的配额已用完。请等待重置、向提供方提高上限或选择其他模型，然后再次运行。",
  },
  "agent_error.provider_capacity_or_rate_limit": {
    en: "The provider asked to slow down. Wait some minutes and press Run again, or lower how many tasks the agent runs at once.",
    "zh-Hans": "提供方要求放慢速度。请等几分钟后再次运行，或减少智能体同时运行的任务数。",
  },
  "agent_error.provider_server_error": {
    en: "The provider had a fault of its own. Check its status page, then press Run again.",
    "zh-Hans": "提供方自身出现故障。请查看其状态页面，然后再次运行。",
  },
  "agent_error.provider_network": {
    en: "The connection to the provider broke several times. Check the machine's network or proxy with `headcount doctor`, then press Run again.",
    "zh-Hans":
      "与提供方的连接多次中断。请用 `headcount doctor` 检查该机器的网络或代理，然后再次运行。",
  },
  "agent_error.model_not_found_or_unavailable": {
    en: "The provider does not offer this model to the account. Choose another one under Agent → Model and limits, then press Run again.",
    "zh-Hans":
      "提供方不向此账户提供该模型。请在“智能体 → 模型与限制”中选择其他模型，然后再次运行。",
  },
  "agent_error.context_overflow": {
    en: "The conversation outgrew the model's context. Press Run again to start a fresh session, or split the issue.",
    "zh-Hans": "对话超出了模型的上下文。再次运行将开始新会话，也可以拆分事项。",
  },
  "agent_error.missing_config": {
    en: "The agent CLI lacks a setting or a key. Set it under Agent → Environment or in the CLI's own configuration on that machine, then press Run again.",
    "zh-Hans":
      "智能体 CLI 缺少设置或密钥。请在“智能体 → 环境变量”或该机器上 CLI 自己的配置中设置，然后再次运行。",
  },
  "agent_error.runtime_missing_executable": {
    en: "The agent CLI is not installed on that machine. Install it there, check with `headcount daemon probe`, then press Run again.",
    "zh-Hans":
      "该机器上未安装智能体 CLI。请先安装，用 `headcount daemon probe` 检查，然后再次运行。",
  },
  "agent_error.runtime_version_unsupported": {
    en: "The agent CLI on that machine is too old. Update it, check with `headcount daemon probe`, then press Run again.",
    "zh-Hans":
      "该机器上的智能体 CLI 版本过旧。请更新，用 `headcount daemon probe` 检查，然后再次运行。",
  },
  "agent_error.process_failure": {
    en: "The agent CLI stopped without saying that it was done. Read the end of the transcript, then press Run again.",
    "zh-Hans": "智能体 CLI 未说明完成就停止了。请查看运行记录的末尾，然后再次运行。",
  },
  "agent_error.empty_or_unparseable_output": {
    en: "The agent CLI gave no answer that could be read. Check its version with `headcount daemon probe`, then press Run again.",
    "zh-Hans":
      "智能体 CLI 没有给出可读的回答。请用 `headcount daemon probe` 检查其版本，然后再次运行。",
  },
  "agent_error.agent_timeout": {
    en: "The run reached a time limit. Raise the longest run under Agent → Model and limits or split the issue, then press Run again.",
    "zh-Hans":
      "运行达到时间上限。请在“智能体 → 模型与限制”中提高最长运行时间或拆分事项，然后再次运行。",
  },
  "agent_error.unknown": {
    en: "The cause is not known. Read the end of the transcript, then press Run again.",
    "zh-Hans": "原因未知。请查看运行记录的末尾，然后再次运行。",
  },
};

export type RemedyLanguage = keyof Remedy;

/** The remedies of one language by reason. */
export function remediesIn(language: RemedyLanguage): Readonly<Record<FailureReason, string>> {
  // Every key of the table is a reason, and none is left out.
  return Object.fromEntries(
    Object.entries(failureRemedies).map(([reason, remedy]) => [reason, remedy[language]]),
  ) as Record<FailureReason, string>;
}
