type PlainValue = string | number | bigint | boolean | Date | null;

/**
 * A list as PostgreSQL writes an array, for one parameter: `` ${plainArray(ids)}::uuid[] ``. Only for
 * values that never need quotes: numbers, UUIDs, instants, booleans. The driver quotes and escapes
 * every element of a list, which for long ones costs more than everything else that is done to them.
 */
export function plainArray(values: readonly PlainValue[]): string {
  return `{${values.map(plainText).join(",")}}`;
}

function plainText(value: PlainValue): string {
  if (value === null) return "NULL";
  return value instanceof Date ? value.toISOString() : String(value);
}
