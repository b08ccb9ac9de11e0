import type { pullRequests as english } from "../en/pull-requests.ts";
import type { Shape } from "../shape.ts";

export const pullRequests = {
  title: "拉取请求",
  states: { open: "开放", draft: "草稿", merged: "已合并", closed: "已关闭" },
  since: { open: "创建于", draft: "创建于", merged: "合并于", closed: "关闭于" },
  lines: ({ added, deleted }) => `新增 ${added} 行，删除 ${deleted} 行`,
  mentionedIn: "被提及于",
  none: ({ key }) => `还没有。分支名或标题含有 ${key} 的拉取请求会显示在这里。`,
  more: "还有更多未在此显示。",
  empty:
    "还没有连接代码托管平台。连接后，事项会显示其拉取请求，用量页会给出每个已合并拉取请求的花费。",
  connect: "连接 GitHub",
  connectTitle: "连接 GitHub",
  name: "名称",
  connectionNamePlaceholder: "例如 northwind/ledger",
  nameHint: "仅用于此列表：将要发送的仓库或组织。",
  nameMissing: "请输入名称。",
  create: "生成地址和密钥",
  lastDelivery: "最近一次投递",
  noDelivery: "尚未收到投递。",
  noDeliveryHint:
    "请在 GitHub 的 Settings › Webhooks 中填写此地址和密钥。GitHub 会立即发送一次 ping，结果可在该页的 Recent Deliveries 中查看。",
  faults: {
    signature: "最近一次投递被拒绝：它使用了另一个密钥签名。请在此更换密钥，并填写到 GitHub。",
    payload:
      "最近一次投递不是 Headcount 能识别的拉取请求事件。请查看 GitHub 中的 Recent Deliveries。",
  },
  loopback:
    "GitHub 无法访问此地址：它只属于服务器所在的机器。请为服务器配置公网地址，或由 CI 任务上报拉取请求：",
  readyTitle: "请立即填写到 GitHub",
  readyHint: "密钥只显示这一次。如果遗失，请更换新的密钥。",
  stepOpen: "在仓库或组织中打开 Settings › Webhooks › Add webhook。",
  stepEnter: "填写以下三项：",
  stepEvents: "选择“Let me select individual events”，只勾选 Pull requests，然后添加 webhook。",
  waitingForFirst: "等待第一次投递",
  firstArrived: "已收到第一次投递，GitHub 连接成功。",
  rotate: "更换密钥",
  rotateLabel: ({ name }) => `更换 ${name} 的密钥`,
  rotateTitle: "更换密钥？",
  rotateHint: "旧密钥立即失效：在 GitHub 填写新密钥之前，它发送的内容都会被拒绝。",
  rotatedTitle: "请立即复制密钥",
  rotatedHint: "请填写到 GitHub 中使用此地址的 webhook。密钥只显示这一次。",
  remove: "删除",
  removeLabel: ({ name }) => `删除 ${name}`,
  removeTitle: ({ name }) => `删除 ${name}？`,
  removeHint: "此后不再接收它发送的内容。它已上报的拉取请求会保留。",
} satisfies Shape<typeof english>;
