import { expect, test } from "vitest";
import { isUncountedPath } from "./uncounted-path.ts";

test("lock files, vendored folders and generated names are not counted", () => {
  const uncounted = [
    "package-lock.json",
    "apps/web/pnpm-lock.yaml",
    "go.sum",
    "node_modules/left-pad/index.js",
    "services/api/vendor/github.com/x/y.go",
    "dist/app.js",
    "public/jquery.min.js",
    "api/v1/service.pb.go",
    "proto/service_pb2_grpc.py",
    "src/schema.generated.ts",
  ];
  expect(uncounted.filter((file) => !isUncountedPath(file))).toEqual([]);
});

test("what looks like it and is somebody's work is counted", () => {
  const counted = [
    "src/vendor.ts",
    "src/lock.ts",
    "docs/vendors/list.md",
    "package.json",
    "locks/door.lock.ts",
    "build/release.sh",
    "src/generated-names.ts",
    "distance.py",
    "src/map.ts",
  ];
  expect(counted.filter(isUncountedPath)).toEqual([]);
});
