/**
 * How often answers are asked anew that change without anything happening: what was used today, how
 * full a budget of this month is.
 */
export const asTimePasses = 5 * 60_000;
