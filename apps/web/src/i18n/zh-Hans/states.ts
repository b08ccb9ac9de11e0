import type { states as english } from "../en/states.ts";
import type { Shape } from "../shape.ts";

export const states = {
  task: {
    running: "运行中",
    queued: "排队中",
    waiting: "等待中",
    blocked: "受阻",
    done: "已完成",
    failed: "失败",
    cancelled: "已取消",
  },
  category: {
    backlog: "待规划",
    todo: "待办",
    in_progress: "进行中",
    in_review: "评审中",
    done: "已完成",
    blocked: "受阻",
    cancelled: "已取消",
  },
  priority: {
    urgent: "紧急",
    high: "高",
    medium: "中",
    low: "低",
    none: "无优先级",
  },
} satisfies Shape<typeof english>;
