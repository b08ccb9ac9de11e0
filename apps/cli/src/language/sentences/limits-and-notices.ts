import type { SentencePair } from "../sentence-pair.ts";

/** Budgets, the tank, the guard and notices. */
export const limitSentences: readonly SentencePair[] = [
  ["Pay in: `headcount tank top-up 100`.", "充值：`headcount tank top-up 100`。"],
  [
    "There is no tank yet: `headcount tank top-up 100`.",
    "还没有余额账户：`headcount tank top-up 100`。",
  ],
  ["--when-empty takes notify, hold or stop.", "--when-empty 可取 notify、hold 或 stop。"],
  [
    "Nowhere yet: `headcount notice webhook-set URL`.",
    "尚未设置：`headcount notice webhook-set URL`。",
  ],
  ["Try it: `headcount notice webhook-test`.", "试一试：`headcount notice webhook-test`。"],
  ["Remove the address and its secret?", "移除该地址及其密钥？"],
  ["The window is not complete: {} {}", "时间窗口不完整：{} {}"],
  [
    "A range needs --from and --until; see `headcount budget create --help`.",
    "range 需要 --from 和 --until；参见 `headcount budget create --help`。",
  ],
  ['"{}" is no whole percentage above zero.', "“{}”不是大于零的整数百分比。"],
  ["State e.g. --threshold 80.", "例如 --threshold 80。"],
  ["A budget is about one thing.", "一个预算只针对一个对象。"],
  [
    "State one of --project, --agent, --issue, --task and --member, or none for the workspace.",
    "请在 --project、--agent、--issue、--task 和 --member 中指定一个；不指定则为整个工作区。",
  ],
  ["{} is an agent.", "{} 是智能体。"],
  ["Use --agent.", "请使用 --agent。"],
  ["--enable and --disable exclude each other.", "--enable 与 --disable 不能同时使用。"],
  ["State by how much the limit is raised, or to what.", "请说明上限提高多少，或提高到多少。"],
  ["Use --by or --to.", "请使用 --by 或 --to。"],
  ["End the budget {} for good?", "永久结束预算 {}？"],
  [
    'Set one: headcount budget create "Team month" --limit 500 --window month --action hold',
    '新建一个：headcount budget create "Team month" --limit 500 --window month --action hold',
  ],
  ["{}: {} % used", "{}：已用 {} %"],
  ["{}: the limit is reached", "{}：达到上限"],
  ["{}: there is room again", "{}：又有余量"],
  ["{}: less than {} % is left", "{}：剩余不到 {} %"],
  ["{} of {} are used.", "已使用 {}，上限 {}。"],
  ["{} of {} are left.", "剩余 {}，总额 {}。"],
  ["Nothing of {} is left.", "{} 已全部用完。"],
  ["It starts anew at {}.", "将于 {} 重新开始计算。"],
  ["Nothing is held.", "不会暂停任何工作。"],
  ["No task in its scope starts until there is room.", "有余量之前，其范围内的任务不会启动。"],
  [
    "Running tasks were stopped; they continue when there is room.",
    "运行中的任务已停止；有余量后继续。",
  ],
  ["Top up with `headcount tank top-up`.", "请用 `headcount tank top-up` 充值。"],
  [
    "{} used {} within a quarter of an hour, where it rarely exceeds {}.",
    "{} 在一刻钟内用了 {}，而平时很少超过 {}。",
  ],
  [
    "{} used {} within a quarter of an hour, and is too new to tell whether it needs that.",
    "{} 在一刻钟内用了 {}，而它太新，无法判断是否需要这么多。",
  ],
  [
    "{} was started {} times on one issue within ten minutes.",
    "{} 在十分钟内因同一事项启动了 {} 次。",
  ],
  [
    "{} was started {} times without a person within ten minutes.",
    "{} 在十分钟内未经人工启动了 {} 次。",
  ],
  [
    "The last {} runs of {} on one issue ended without any effect.",
    "最近 {} 次运行（{}，同一事项）都没有任何效果。",
  ],
  [
    "{} called {} {} times with the same input within ten minutes.",
    "{} 在十分钟内以相同输入调用了 {} {} 次。",
  ],
  [
    "Its runs were stopped and continue when a person lets it go on.",
    "其运行已停止，有人放行后继续。",
  ],
  ["Notices are sent nowhere any more.", "不再向任何地址发送通知。"],
  [
    "It is on its way: see `headcount notice webhook`.",
    "正在发送：参见 `headcount notice webhook`。",
  ],
  ["The address answered with status {}.", "该地址返回状态 {}。"],
  ["Nothing is unread.", "没有未读通知。"],
  ["{} unread.", "{} 条未读。"],
  ["{} is empty", "{} 已用尽"],
  ["{} is held", "{} 已被暂停"],
];
