import { plural } from "../plural.ts";

/** Where the notices of a workspace are sent. */
export const webhook = {
  address: "Address",
  addressPlaceholder: "https://hooks.example.com/headcount",
  addressHint: "A public https address that takes POST requests.",
  addressInvalid: "Enter an address that begins with https://.",
  addressRefused:
    "Only public https addresses are taken. The operator of the server can allow hosts of your own network.",
  which: "What is sent",
  noneChosen: "Choose at least one, or switch it off below.",
  types: {
    budget_threshold: "A threshold of a budget",
    budget_exhausted: "A budget is used up",
    budget_lifted: "A budget has room again",
    tank_low: "A tank gets low",
    tank_empty: "A tank is empty",
    agent_held: "The guard holds an agent",
  },
  enabled: "Send notices",
  enabledHint: "Off keeps the address and its secret.",
  gaveUp:
    "Switched off by itself: nothing was answered for three days. Look at the address, then switch it on.",
  test: "Send a test",
  testName: "Test",
  rotate: "New secret",
  rotateTitle: "Make a new secret?",
  rotateHint: "The old one ends at once: what is sent from then on is signed with the new one.",
  remove: "Remove",
  removeTitle: "Remove the address?",
  removeHint: "Its secret goes with it. People keep getting their notices here.",
  secretTitle: "Copy the secret now",
  secretHint: "It is shown only this once. If you lose it, make a new one.",
  howToCheck:
    "Every delivery is signed. Work out the signature yourself, and refuse what differs or is older than five minutes:",
  deliveries: "Last deliveries",
  noDeliveries: "Nothing was sent yet. Send a test to see that it arrives.",
  states: { waiting: "On its way", delivered: "Delivered", failed: "Failed" },
  tries: ({ count }: { count: number }) => plural("en", count, { one: "# try", other: "# tries" }),
  retried: "Will be tried again",
  nextTry: "next try",
  replay: "Send again",
  replayLabel: ({ name }: { name: string }) => `Send again: ${name}`,
};
