/** Pull requests of issues, and the git hosts that tell of them. */
export const pullRequests = {
  title: "Pull requests",
  states: { open: "Open", draft: "Draft", merged: "Merged", closed: "Closed" },
  since: { open: "opened", draft: "opened", merged: "merged", closed: "closed" },
  lines: ({ added, deleted }: { added: string; deleted: string }) =>
    `${added} lines added, ${deleted} removed`,
  mentionedIn: "Mentioned in",
  none: ({ key }: { key: string }) =>
    `None yet. One whose branch or title names ${key} appears here.`,
  more: "There are more than are shown here.",
  empty:
    "No git host yet. Once one is connected, issues show their pull requests, and usage says what a merged one took.",
  connect: "Connect GitHub",
  connectTitle: "Connect GitHub",
  name: "Name",
  connectionNamePlaceholder: "northwind/ledger",
  nameHint: "For this list: the repository or organisation that will send.",
  nameMissing: "Enter a name.",
  create: "Make address and secret",
  lastDelivery: "last delivery",
  noDelivery: "No delivery yet.",
  noDeliveryHint:
    "Enter this address and the secret in GitHub under Settings › Webhooks. It sends a ping at once; what became of that stands there under Recent Deliveries.",
  faults: {
    signature:
      "The last delivery was refused: it was signed with another secret. Make a new one here and enter it at GitHub.",
    payload:
      "The last delivery was no pull request event that Headcount can read. Look at Recent Deliveries in GitHub.",
  },
  loopback:
    "GitHub cannot reach this address: it belongs to the machine of the server itself. Give the server a public address, or let a CI job tell of pull requests:",
  readyTitle: "Enter this at GitHub now",
  readyHint: "The secret is shown only this once. If you lose it, make a new one.",
  stepOpen: "In the repository or organisation, open Settings › Webhooks › Add webhook.",
  stepEnter: "Enter these three:",
  stepEvents:
    "Choose “Let me select individual events”, then only Pull requests, and add the webhook.",
  waitingForFirst: "Waiting for the first delivery",
  firstArrived: "The first delivery has arrived. GitHub is connected.",
  rotate: "New secret",
  rotateLabel: ({ name }: { name: string }) => `New secret for ${name}`,
  rotateTitle: "Make a new secret?",
  rotateHint:
    "The old one ends at once: what GitHub sends is refused until the new one is entered there.",
  rotatedTitle: "Copy the secret now",
  rotatedHint: "Enter it in GitHub, in the webhook with this address. It is shown only this once.",
  remove: "Delete",
  removeLabel: ({ name }: { name: string }) => `Delete ${name}`,
  removeTitle: ({ name }: { name: string }) => `Delete ${name}?`,
  removeHint:
    "Nothing that it sends is taken any more. The pull requests that it has told of stay.",
};
