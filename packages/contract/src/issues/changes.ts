import { z } from "zod";

const onIssue = { issueId: z.uuid() };

export const issueChanges = {
  "issue.created": z.object({ key: z.string(), status: z.string() }),
  "issue.updated": z.object({ key: z.string(), status: z.string() }),
  "issue.moved": z.object({ key: z.string(), status: z.string(), previousStatus: z.string() }),
  "issue.deleted": z.object({ key: z.string(), status: z.string() }),
  "issue.restored": z.object({ key: z.string(), status: z.string() }),
  "comment.created": z.object(onIssue),
  "comment.updated": z.object(onIssue),
  "comment.deleted": z.object(onIssue),
  "comment.resolved": z.object(onIssue),
};
