import { z } from "zod";

/** Where somebody wanted to go before signing in. */
export const LoginSearch = z.object({ to: z.string().max(2_000).optional().catch(undefined) });
