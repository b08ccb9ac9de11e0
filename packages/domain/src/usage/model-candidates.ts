/**
 * Names under which a reported model may stand in the price book, best first. Names only lose
 * decoration that is known to carry no price: the provider's prefix, dots in Claude's version
 * numbers, a tag in brackets such as `[1m]`, and at the end a date or `-latest`. Every one of them
 * must match exactly; there is no search by prefix, because a neighbour's price is a wrong price.
 */
export function modelCandidates(provider: string | null, model: string): readonly string[] {
  const raw = model.trim().toLowerCase();
  const bare = withoutProvider(provider, raw);
  const dashed = claudeDashes(bare);
  const decorated = [raw, bare, dashed];
  const names = [...decorated, ...decorated.map(withoutTag)];
  const all = [...names, ...names.map(withoutDate)];
  return [...new Set(all)].filter((name) => name !== "");
}

function withoutProvider(provider: string | null, model: string): string {
  const slash = model.indexOf("/");
  if (slash === -1) return model;
  const prefix = model.slice(0, slash);
  return provider === null || prefix === provider.toLowerCase() ? model.slice(slash + 1) : model;
}

function claudeDashes(model: string): string {
  return model.includes("claude") ? model.replace(/(?<=\d)\.(?=\d)/g, "-") : model;
}

function withoutTag(model: string): string {
  return model.replace(/\[[^\]]*\]$/, "");
}

function withoutDate(model: string): string {
  return model.replace(/-(?:\d{4}-\d{2}-\d{2}|20\d{6}|latest)$/, "");
}
