import path from "node:path";

/** Where the parts of the embedded PostgreSQL stand, all below `<data directory>/postgres`. */
export type ClusterPaths = {
  readonly root: string;
  readonly cluster: string;
  readonly password: string;
  readonly log: string;
};

export function clusterPaths(dataDirectory: string): ClusterPaths {
  const root = path.join(path.resolve(dataDirectory), "postgres");
  return {
    root,
    cluster: path.join(root, "cluster"),
    password: path.join(root, "password"),
    log: path.join(root, "postgres.log"),
  };
}
