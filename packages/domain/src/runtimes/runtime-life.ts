const dayMs = 24 * 60 * 60_000;

/** A runtime whose machine has been gone for this long is forgotten, unless something needs it. */
export const runtimeKeptMs = 7 * dayMs;

/** From this long on it is shown as about to be forgotten. */
export const runtimeExpiringMs = runtimeKeptMs - dayMs;
