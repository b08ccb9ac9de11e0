/** Folders of other people's code and of what tools make; nobody writes lines there. */
export const uncountedFolders: readonly string[] = [
  "node_modules",
  "bower_components",
  "jspm_packages",
  "vendor",
  "vendored",
  "third_party",
  "third-party",
  "Pods",
  "Carthage",
  "site-packages",
  ".venv",
  "venv",
  "__pycache__",
  ".tox",
  ".gradle",
  ".terraform",
  ".yarn",
  ".pnpm-store",
  ".next",
  ".nuxt",
  ".svelte-kit",
  ".turbo",
  ".parcel-cache",
  "dist",
  "coverage",
];

/** What package managers write to pin versions. */
const lockFiles: ReadonlySet<string> = new Set([
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "bun.lockb",
  "deno.lock",
  "Cargo.lock",
  "Gemfile.lock",
  "gems.locked",
  "poetry.lock",
  "pdm.lock",
  "uv.lock",
  "Pipfile.lock",
  "conda-lock.yml",
  "pixi.lock",
  "composer.lock",
  "go.sum",
  "go.work.sum",
  "mix.lock",
  "rebar.lock",
  "pubspec.lock",
  "Podfile.lock",
  "Cartfile.resolved",
  "Package.resolved",
  "packages.lock.json",
  "paket.lock",
  "gradle.lockfile",
  "buildscript-gradle.lockfile",
  "flake.lock",
  "renv.lock",
  "shard.lock",
  "stack.yaml.lock",
  "cabal.project.freeze",
  "conan.lock",
  "MODULE.bazel.lock",
  ".terraform.lock.hcl",
  "Chart.lock",
]);

/** Names that generators and bundlers give to what they write. */
const generatedNames: readonly RegExp[] = [
  /\.min\.(js|mjs|css)$/,
  /\.(js|mjs|cjs|css)\.map$/,
  /\.(generated|gen)\.[a-z]+$/,
  /\.(designer|g|g\.i)\.cs$/i,
  /\.(g|freezed|mocks|gr)\.dart$/,
  /\.pb\.(go|cc|h|swift|dart)$/,
  /\.pb\.gw\.go$/,
  /_(pb2|pb2_grpc)\.pyi?$/,
  /_pb\.(js|ts|d\.ts|rb)$/,
];

const folders: ReadonlySet<string> = new Set(uncountedFolders);

/**
 * Whether the name of a file says that it is generated, vendored or a lock file.
 *
 * @param file path inside of its repository, with `/`
 */
export function isUncountedPath(file: string): boolean {
  const parts = file.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.slice(0, -1).some((folder) => folders.has(folder))) return true;
  return lockFiles.has(name) || generatedNames.some((pattern) => pattern.test(name));
}
