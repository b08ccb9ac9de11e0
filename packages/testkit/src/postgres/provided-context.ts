declare module "vitest" {
  interface ProvidedContext {
    /** The administrator's address of the run's PostgreSQL: database `postgres`, superuser. */
    readonly postgresUrl: string;
  }
}

/** The key under which the global setup hands the address to the workers. */
export const postgresUrlKey = "postgresUrl";
