import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";
const secretBytes = 32;

/** A new secret, as the receiver's library takes it. */
export const mintWebhookSecret = (): string => prefix + randomBytes(secretBytes).toString("base64");

export interface Signed {
  readonly id: string;
  /** In seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** One signature for each valid secret: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const signWebhook = ({ id, timestamp, body }: Signed, secrets: readonly string[]): string =>
  secrets
    .map((secret) =>
      createHmac("sha256", Buffer.from(secret.slice(prefix.length), "base64"))
        .update(`${id}.${timestamp}.${body}`)
        .digest("base64"),
    )
    .map((signature) => `v1,${signature}`)
    .join(" ");
