/** The argument that every command about one task begins with. */
export const taskArgument = { summary: "id of the task, or its beginning" } as const;
