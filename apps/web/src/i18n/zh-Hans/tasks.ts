import type { tasks as english } from "../en/tasks.ts";
import type { Shape } from "../shape.ts";

export const tasks = {
  stalledFor: "无动静",
  toolOpen: "工具运行中",
  stalledInTool: "自那时起，智能体的一个工具仍在运行但没有输出。",
  stalledInModel: "自那时起，智能体没有任何输出，也没有工具在运行。",
  lastEvent: ({ event }) => `最近：${event}。`,
  statusDetail: {
    deferred: "已排期",
    queued: "排队中",
    dispatched: "正在启动",
    waiting_directory: "等待目录",
    running: "运行中",
    completed: "已完成",
    failed: "失败",
    cancelled: "已取消",
  },
  waiting: {
    agent_archived: "智能体已归档",
    no_runtime: "智能体没有运行环境",
    runtime_not_shared: "运行环境未与智能体共享",
    held_by_guard: "智能体已被暂停：其活动远超平时",
    held_by_budget: "被预算暂停",
    quota_wait: "提供方配额已用完",
    scheduled: "已安排稍后运行",
    runtime_offline: "机器已离线",
    runtime_broken: "机器上的 CLI 有问题",
    slot_busy: "智能体已在处理此事项",
    agent_busy: "智能体的并行运行已达上限",
    machine_full: "机器没有空位",
    directory_busy: "目录正被占用",
    behind_others: "其他任务优先",
    starting: "正在启动",
    ready: "等待机器领取",
  },
  heldByBudget: ({ budget }) => `被预算“${budget}”暂停`,
  heldByBudgetUntil: ({ budget, until }) => `被预算“${budget}”暂停，${until} 重置`,
  quotaUntil: ({ provider, until }) => `${provider} 的配额已用完，${until} 重置`,
  ownQuotaUntil: ({ account, provider, until }) =>
    `${account} 自己在 ${provider} 的配额已用完，${until} 重置`,
} satisfies Shape<typeof english>;
