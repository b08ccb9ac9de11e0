/** One word per state, status category and priority, the same on every page. */
export const states = {
  task: {
    running: "Running",
    queued: "Queued",
    waiting: "Waiting",
    blocked: "Blocked",
    done: "Done",
    failed: "Failed",
    cancelled: "Cancelled",
  },
  category: {
    backlog: "Backlog",
    todo: "To do",
    in_progress: "In progress",
    in_review: "In review",
    done: "Done",
    blocked: "Blocked",
    cancelled: "Cancelled",
  },
  priority: {
    urgent: "Urgent",
    high: "High",
    medium: "Medium",
    low: "Low",
    none: "No priority",
  },
};
