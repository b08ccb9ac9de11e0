import { createHmac } from "node:crypto";
import { askPublic, checkedUrl, FetchError } from "../platform/public-request.ts";

const answerMs = 10_000;

export type Posted = {
  readonly isDelivered: boolean;
  readonly status: number | null;
  readonly error: string | null;
};

export type SignedPost = {
  readonly url: string;
  readonly secret: string;
  readonly deliveryId: string;
  readonly type: string;
  readonly body: string;
  readonly at: Date;
  /** Hosts that may be asked although their addresses are not public. */
  readonly openHosts: readonly string[];
};

/**
 * Sends one delivery. The receiver can prove that it is genuine and fresh:
 * `Headcount-Signature: t=<seconds>,v1=<hex of HMAC-SHA256 over "<seconds>.<body>">`. It is not sent
 * on to where an answer points.
 */
export async function postDelivery(post: SignedPost): Promise<Posted> {
  const seconds = Math.floor(post.at.getTime() / 1_000);
  const digest = createHmac("sha256", post.secret).update(`${seconds}.${post.body}`).digest("hex");
  const { openHosts, body } = post;
  try {
    const response = await askPublic(checkedUrl(post.url, openHosts), {
      method: "POST",
      body,
      openHosts,
      signal: AbortSignal.timeout(answerMs),
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "headcount-signature": `t=${seconds},v1=${digest}`,
        "headcount-delivery": post.deliveryId,
        "headcount-event": post.type,
      },
    });
    const status = response.statusCode ?? 0;
    // What it says besides is of no interest, however much that is.
    response.destroy();
    const isDelivered = status >= 200 && status < 300;
    const error = isDelivered ? null : `The address answered with status ${status}.`;
    return { isDelivered, status, error };
  } catch (error) {
    if (!(error instanceof FetchError)) throw error;
    return { isDelivered: false, status: null, error: error.message };
  }
}
