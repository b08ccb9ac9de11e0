export const pullRequestStates = ["open", "draft", "closed", "merged"] as const;
export type PullRequestState = (typeof pullRequestStates)[number];

/**
 * How a pull request belongs to an issue. `linked`: it is work on the issue. `mentioned`: its body
 * names the issue and does not say that it is.
 */
export const pullRequestTies = ["linked", "mentioned"] as const;
export type PullRequestTie = (typeof pullRequestTies)[number];

/** Git hosts that can send what happens to their pull requests. */
export const gitHosts = ["github"] as const;
export type GitHost = (typeof gitHosts)[number];

/** Why the last delivery of a git host was of no use: `signature`: another secret · `payload`: no sense. */
export const gitDeliveryFaults = ["signature", "payload"] as const;
export type GitDeliveryFault = (typeof gitDeliveryFaults)[number];
