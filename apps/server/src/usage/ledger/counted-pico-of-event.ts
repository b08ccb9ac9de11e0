/** SQL: what a row `e` of the ledger costs, billed or notional; null where nothing prices it. */
export const countedPicoOfEvent = `usage_counted_pico(e.priced_pico, e.unpriced_tokens,
  e.reported_cost_pico, e.reported_cost_basis, e.input + e.cache_read + e.cache_write_5m
    + coalesce(e.cache_write_1h, 0) + e.output)`;
