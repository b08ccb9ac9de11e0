import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from "node:crypto";

/**
 * The instance key and what is derived from it. Tokens, codes and sessions are stored as keyed
 * hashes only; values that must be readable again (agents' environment) are encrypted.
 */
export type Secrets = {
  /** Keyed hash under which a secret is stored and looked up. */
  hash(secret: string): Buffer;
  /** Anti-forgery token of a browser session. */
  csrfTokenFor(sessionId: string): string;
  isCsrfTokenFor(sessionId: string, token: string): boolean;
  encrypt(plain: string): Buffer;
  /** @throws when the value was made with another key or was changed */
  decrypt(sealed: Buffer): string;
  /** Short name of the key: says that two keys are equal without revealing them. */
  readonly fingerprint: string;
};

const nonceBytes = 12;
const tagBytes = 16;

/** @param key 32 bytes */
export function createSecrets(key: Buffer): Secrets {
  if (key.length !== 32) throw new Error("The instance key must be 32 bytes long");
  const derive = (purpose: string): Buffer => createHmac("sha256", key).update(purpose).digest();
  const hashKey = derive("hash");
  const csrfKey = derive("csrf");
  const sealKey = derive("seal");
  const csrfTokenFor = (sessionId: string): string =>
    createHmac("sha256", csrfKey).update(sessionId).digest("base64url");
  return {
    hash: (secret) => createHmac("sha256", hashKey).update(secret).digest(),
    csrfTokenFor,
    isCsrfTokenFor: (sessionId, token) => equalInConstantTime(csrfTokenFor(sessionId), token),
    encrypt(plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", sealKey, nonce);
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    decrypt(sealed) {
      const decipher = createDecipheriv("aes-256-gcm", sealKey, sealed.subarray(0, nonceBytes));
      decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = sealed.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
    },
    fingerprint: createHash("sha256").update(derive("fingerprint")).digest("hex").slice(0, 16),
  };
}

function equalInConstantTime(a: string, b: string): boolean {
  const left = createHash("sha256").update(a).digest();
  const right = createHash("sha256").update(b).digest();
  return timingSafeEqual(left, right);
}

/** 256 random bits, URL-safe. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Six digits from a cryptographic source. */
export function randomCode(): string {
  return String(randomInt(0, 1_000_000)).padStart(6, "0");
}
