/** The values with one more or one less; undefined when none is left. */
export function toggled<Value>(
  values: readonly Value[] | undefined,
  value: Value,
): Value[] | undefined {
  const has = values?.includes(value) ?? false;
  const next = has ? (values ?? []).filter((other) => other !== value) : [...(values ?? []), value];
  return next.length === 0 ? undefined : next;
}
