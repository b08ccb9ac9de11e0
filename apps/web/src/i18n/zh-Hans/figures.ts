import type { figures as english } from "../en/figures.ts";
import { plural } from "../plural.ts";
import type { Shape } from "../shape.ts";

export const figures = {
  exactTokens: ({ exact }) => `${exact} 个 token`,
  exactMoney: ({ exact }) => `${exact} 美元`,
  unpriced: "未定价",
  unpricedHint: "此模型没有已知价格，因此未计费用。",
  live: "实时",
  days: ({ value }) => `${value} 天`,
  hours: ({ value }) => `${value} 时`,
  minutes: ({ value }) => `${value} 分`,
  seconds: ({ value }) => `${value} 秒`,
  justNow: "刚刚",
  other: "其他",
  partial: "截至目前",
  partialHint: "此时段尚未结束。",
  total: "合计",
  noData: "此范围内没有用量。",
  legend: "数据系列",
  chartHelp: "使用方向键逐个查看时段。",
  buckets: ({ count }) => plural("zh-Hans", count, { other: "# 个时段" }),
} satisfies Shape<typeof english>;
