/** How agents work in a directory; the words of the command line for those of the API. */
export const directoryModes = ["in-place", "worktree"] as const;

export const machineOption = {
  value: "MACHINE",
  summary: "name of the machine, or id of its daemon; this machine unless stated",
} as const;

export const modeOption = {
  value: "MODE",
  choices: directoryModes,
  summary: "in the directory itself, or in a worktree of its repository (default)",
} as const;
