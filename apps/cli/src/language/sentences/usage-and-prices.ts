import type { SentencePair } from "../sentence-pair.ts";

/** Usage, prices, imports, forecasts. */
export const usageSentences: readonly SentencePair[] = [
  [
    "Stopped. What was sent is kept; run the same command again to go on.",
    "已停止。已发送的内容已保留；再次运行同一命令即可继续。",
  ],
  ["Reading {}: {} of {}, {} calls", "正在读取 {}：{} / {}，{} 次调用"],
  [
    "No session files of agent CLIs were found on this machine.",
    "在此机器上未找到智能体命令行工具的会话文件。",
  ],
  [
    "Nothing was sent. Leave out --dry-run to bring it in.",
    "未发送任何内容。去掉 --dry-run 即可导入。",
  ],
  ["{}: {} files have not changed since the last import.", "{}：{} 个文件自上次导入以来没有变化。"],
  [
    "{}: {} calls are booked with Headcount's own tasks already.",
    "{}：{} 次调用已计入 Headcount 自己的任务。",
  ],
  ["{}: {} calls were rejected: {}.", "{}：{} 次调用被拒绝：{}。"],
  ["{}: {} broken lines were skipped.", "{}：已跳过 {} 行损坏的内容。"],
  ["{}: {} could not be read: {}", "{}：无法读取 {}：{}"],
  [
    "Gemini CLI keeps no record of requests beside the conversation, and counts cache writes as plain input.",
    "Gemini CLI 不记录对话之外的请求，并将缓存写入计为普通输入。",
  ],
  [
    "OpenCode keeps no record of the calls that name a session, nor of a call that was stopped.",
    "OpenCode 不记录为会话命名的调用，也不记录被中止的调用。",
  ],
  [
    "Claude Code keeps no record of requests beside the conversation, such as titles.",
    "Claude Code 不记录对话之外的请求，例如生成标题。",
  ],
  ["Qwen Code counts cache writes as plain input.", "Qwen Code 将缓存写入计为普通输入。"],
  ['"{}" is no date.', "“{}”不是日期。"],
  ["Write it like 2026-01-31.", "写法示例：2026-01-31。"],
  ['"{}" is no moment.', "“{}”不是时间点。"],
  [
    "Write it like 2026-01-31 or 2026-01-31T18:00:00+08:00.",
    "写法示例：2026-01-31 或 2026-01-31T18:00:00+08:00。",
  ],
  ["The catalogue is {}.", "价格目录为 {}。"],
  [
    "Past usage keeps its price until `headcount usage reprice`.",
    "过去的用量保持原价，直到运行 `headcount usage reprice`。",
  ],
  ["A free model has no other price.", "免费模型不能有其他价格。"],
  ["Leave --free out.", "请去掉 --free。"],
  ["A price needs --in and --out.", "价格需要 --in 和 --out。"],
  ["Or use --free.", "或使用 --free。"],
  [
    "Price what has one by now with `headcount usage reprice`.",
    "用 `headcount usage reprice` 为已有价格的用量计价。",
  ],
  [
    "Give a model a price with `headcount usage price-set`.",
    "用 `headcount usage price-set` 为模型设定价格。",
  ],
  ["Events to price anew: {}. Go on?", "将重新计价的用量记录：{} 条。继续吗？"],
  [
    "Take it back with `headcount usage reprice-undo {}`.",
    "可用 `headcount usage reprice-undo {}` 撤销。",
  ],
  ["Events compared: {}.", "已比较用量记录：{} 条。"],
  ["Events priced anew: {} of {}.", "已重新计价用量记录：{}/{} 条。"],
  [
    "{} {}: events {}, tokens {}, {} → {}, list price of subscriptions {} → {}",
    "{} {}：{} 条记录，{} 词元，{} → {}，订阅按标价 {} → {}",
  ],
  ["{} {}: events {}, tokens {}, {} → {}", "{} {}：{} 条记录，{} 词元，{} → {}"],
  [
    "Events to give their earlier cost back: {}. Go on?",
    "将恢复为之前费用的用量记录：{} 条。继续吗？",
  ],
  [
    "The final total of the CLI differs from its stream by {} tokens ({}).",
    "该 CLI 的最终总数与其数据流相差 {} 个词元（{}）。",
  ],
  ["Tokens without a known price: {}.", "没有已知价格的词元：{}。"],
  ['"{}" is no filter.', "“{}”不是筛选条件。"],
  ["At most two groupings go together.", "最多同时使用两个分组。"],
  ["Leave one --group-by out.", "请去掉一个 --group-by。"],
  ["Repair it with `headcount usage rebuild`.", "用 `headcount usage rebuild` 修复。"],
  ["Move all events of {} out of the ledger into {}?", "将 {} 的所有用量事件从账本移到文件 {}？"],
  [
    "--months-back goes with neither --from nor --to.",
    "--months-back 不能与 --from 或 --to 一起使用。",
  ],
  ["--from is after --to.", "--from 晚于 --to。"],
  ['{} is "{}", which is no day.', "{} 的值“{}”不是日期。"],
  ["Write it like 2026-11-01.", "请写成 2026-11-01 的形式。"],
  ["Nothing was {} in the last months.", "最近几个月没有任何用量（{}）。"],
  ["Nothing of what was used has a price.", "所用的模型都没有价格。"],
  [
    "Too little history for a projection ({}): {} of {} days.",
    "历史太短，无法预测（{}）：{} / {} 天。",
  ],
  [
    "No past month has enough days before it to check this against ({}).",
    "过往月份之前的天数都不够，尚无法用来检验（{}）。",
  ],
  ["No agent is named.", "没有指定智能体。"],
  ["Name one with --agent.", "请用 --agent 指定一个。"],
  [
    "No cost is estimated: too many of the tasks used models without a price.",
    "无法估计费用：太多任务使用了没有价格的模型。",
  ],
  [
    "{} has finished {} of the {} tasks that it takes.",
    "{} 已完成 {} 个任务，估计至少需要 {} 个。",
  ],
  ["From the last {} tasks of {} in this project.", "依据最近 {} 个任务（{}，本项目内）。"],
  ["From the last {} tasks of {}.", "依据最近 {} 个任务（{}）。"],
];
