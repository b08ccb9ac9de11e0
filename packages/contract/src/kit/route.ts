import type { z } from "zod";

/**
 * Who may call a route, before any rule about the single entity:
 * `public` anyone · `user` a signed-in person, by session or personal token · `instance_admin` ·
 * `member` people and agents (task token) of the workspace in the path · `member_human` people only ·
 * `admin` admins and owners · `owner` · `daemon` a machine's token.
 */
export type Access =
  | "public"
  | "user"
  | "instance_admin"
  | "member"
  | "member_human"
  | "admin"
  | "owner"
  | "daemon";

/**
 * One call of the API as data. The server binds it, clients call it, documentation prints it.
 * `input` is one object: path parameters (`:name` in `path`), query (GET, DELETE) or body (others).
 */
export type Route = {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: `/api/${string}`;
  readonly summary: string;
  readonly access: Access;
  readonly input: z.ZodObject;
  readonly output: z.ZodType;
  /** Error reasons beyond validation, authentication and not_found that a caller has to expect. */
  readonly reasons?: readonly string[];
  /** Largest accepted body in bytes; 1 MiB unless stated. */
  readonly bodyLimitBytes?: number;
  /** Status of the reply to input that does not fit; 422 unless stated. */
  readonly invalidStatus?: 400;
};

export const route = <const R extends Route>(definition: R): R => definition;

export type InputOf<R extends Route> = z.input<R["input"]>;
export type ParsedInputOf<R extends Route> = z.output<R["input"]>;
export type OutputOf<R extends Route> = z.output<R["output"]>;
