import { createHmac } from "node:crypto";

export type ToldPullRequest = {
  readonly number: number;
  readonly title: string;
  readonly branch: string;
  readonly body?: string;
  readonly state?: "open" | "draft" | "closed" | "merged";
  /** Which telling of it this is: later ones are newer. */
  readonly step?: number;
};

/** What GitHub sends to a webhook, signed as it signs; answers with the status. */
export async function deliver(
  url: string,
  secret: string,
  told: ToldPullRequest | "ping",
): Promise<number> {
  const body = JSON.stringify(
    told === "ping" ? { zen: "Keep it logically awesome." } : event(told),
  );
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const reply = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/test",
      "x-github-event": told === "ping" ? "ping" : "pull_request",
      "x-github-delivery": crypto.randomUUID(),
      "x-hub-signature-256": `sha256=${signature}`,
    },
    body,
  });
  return reply.status;
}

const repository = "northwind/ledger";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
function event(told: ToldPullRequest) {
  const { number, title, branch, body = "", state = "open", step = 0 } = told;
  const now = new Date(Date.now() + step * 1_000).toISOString();
  const isClosed = state === "closed" || state === "merged";
  return {
    action: isClosed ? "closed" : "opened",
    number,
    pull_request: {
      id: 2_900_000_000 + number,
      html_url: `https://github.com/${repository}/pull/${number}`,
      number,
      title,
      body,
      state: isClosed ? "closed" : "open",
      draft: state === "draft",
      merged: state === "merged",
      merged_at: state === "merged" ? now : null,
      closed_at: isClosed ? now : null,
      created_at: new Date(Date.now() - 3_600_000).toISOString(),
      updated_at: now,
      user: { login: "ada" },
      head: { ref: branch, sha: "0".repeat(40) },
      base: { ref: "main" },
      additions: 120,
      deletions: 14,
    },
    repository: { full_name: repository },
  };
}
