/** Stands in the ledger for the provider that a report does not name. */
export const unknownProvider = "unknown";

/** Names that CLIs give to providers of the catalogue. */
const bookNames: Readonly<Record<string, string>> = {
  "amazon-bedrock": "aws",
  bedrock: "aws",
  "azure-openai": "azure",
  claude: "anthropic",
  copilot: "github-copilot",
  gemini: "google",
  "google-vertex": "google",
  grok: "x-ai",
  kimi: "moonshotai",
  moonshot: "moonshotai",
  vertex: "google",
  vertexai: "google",
  xai: "x-ai",
  zhipu: "zhipuai",
  "z-ai": "zai",
};

/** The name under which the price book keeps a reported provider. */
export function bookProvider(reported: string): string {
  const name = reported.trim().toLowerCase();
  return Object.hasOwn(bookNames, name) ? (bookNames[name] ?? name) : name;
}
