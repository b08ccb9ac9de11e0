import type { GitHost } from "@headcount/contract/pull-requests/words";

/** What git hosts call themselves and the fields of their form for a webhook, which has one language. */
export const hostWords: Readonly<
  Record<GitHost, { name: string; address: string; contentType: string; secret: string }>
> = {
  github: {
    name: "GitHub",
    address: "Payload URL",
    contentType: "Content type",
    secret: "Secret",
  },
};
