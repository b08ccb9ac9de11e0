import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Never anybody's; unknown senders are compared with it, so that they wait as long as known ones. */
const decoy = randomBytes(32).toString("base64url");

/**
 * Whether `X-Hub-Signature-256` is the signature of these very bytes.
 * https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 *
 * @param secret null for a sender that is not known
 */
export function isSigned(body: Buffer, signature: string | null, secret: string | null): boolean {
  const [, hex = ""] = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "") ?? [];
  const expected = createHmac("sha256", secret ?? decoy)
    .update(body)
    .digest();
  const given = Buffer.from(hex.padStart(64, "0"), "hex");
  return timingSafeEqual(expected, given) && hex !== "" && secret !== null;
}
