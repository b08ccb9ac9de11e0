import type { usageForecast as english } from "../en/usage-forecast.ts";
import type { Shape } from "../shape.ts";

/** 本月到月底的预计费用，以及一个任务通常的用量。 */
export const usageForecast: Shape<typeof english> = {
  title: "本月",
  money: "本月的费用种类",
  shownAs: "本月的图表或表格",
  billed: "计费",
  notional: "目录价",
  soFar: "至今",
  byEnd: ({ date }) => `到 ${date}约`,
  range: ({ low, high }) => `${low} – ${high}`,
  rangeHint: "预计十个月中有八个月落在此范围内",
  offBefore: ({ count }) => `过去 ${count} 个月同日的误差`,
  offHint: "若在过去各月的同一天预测，与实际结果相比的误差中位数",
  inside: ({ inside, count }) => `${count} 次中 ${inside} 次落在范围内`,
  unchecked: "尚未检验：过往月份之前的天数都不够",
  reason: {
    nothing_used: "最近半年没有任何用量，无从预计。",
    unpriced: "所用的模型都没有价格。设置价格后，这里会显示本月费用。",
  },
  tooLittle: ({ known, needed }) =>
    `预计需要 ${needed} 天的历史，目前有 ${known} 天，还差 ${needed - known} 天。`,
  unpriced: ({ tokens }) => `另有 ${tokens} Token 没有价格，未计入。`,
  chart: ({ spent, total, date, low, high }) =>
    `至今 ${spent}，到 ${date}约 ${total}，范围 ${low} 至 ${high}`,
  limit: ({ name, limit }) => `${name}：${limit}`,
  limitReached: ({ name, date }) => `照此下去，${name} 将在 ${date}用完。`,
  limitMay: ({ name }) => `照此下去，${name} 够用到月底；但范围上限高于它。`,
  limitKept: ({ name }) => `${name} 够用到月底，即使按范围上限计算。`,
  spent: "已花费",
  projected: "预计",
  days: "本月各日",
  day: "日期",
  ofDay: "当日",
  sumSoFar: "累计",
  sumProjected: "预计累计",
  sumRange: "范围",
  checks: "过往月份",
  month: "月份",
  said: "当时会预计",
  came: "实际",
  off: "误差",
  isInside: "在范围内",
  yes: "是",
  no: "否",
  method: "未来每一天按过去各周同一星期日计算，越近的周权重越大。过往月份只用当日之前的数据检验。",

  estimate: {
    next: "下一任务",
    usually: ({ low, high }) => `通常 ${low}–${high}`,
    alike: ({ value }) => `通常 ${value}`,
    inside: ({ inside, of }) => `${of} 次中 ${inside} 次在内`,
    notYetChecked: "尚未检验",
    listPrice: "目录价",
    tooFew: ({ tasks, needed }) => `暂无估计：已完成 ${tasks} / ${needed} 个任务`,
    hintAgent: ({ agent, tasks, median, time }) =>
      `依据 ${agent} 最近 ${tasks} 个任务：一半不超过 ${median} 和 ${time}。“在内”指最近的任务有多少落在此前已知的范围内。`,
    hintProject: ({ agent, tasks, median, time }) =>
      `依据 ${agent} 在本项目最近 ${tasks} 个任务：一半不超过 ${median} 和 ${time}。“在内”指最近的任务有多少落在此前已知的范围内。`,
  },
};
