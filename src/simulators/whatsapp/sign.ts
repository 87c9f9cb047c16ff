import { createHmac } from "node:crypto";

/**
 * A body as Meta writes it: non-ASCII as \uXXXX, slashes as \/. The signature covers these bytes.
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function encodeLikeMeta(body: object): string {
  return JSON.stringify(body)
    .replaceAll("/", String.raw`\/`)
    .replaceAll(/[\u007f-\uffff]/g, (unit) => {
      const hex = unit.charCodeAt(0).toString(16).padStart(4, "0");
      return String.raw`\u${hex}`;
    });
}

/** The value of X-Hub-Signature-256. */
export function signBody(appSecret: string, body: string | Uint8Array): string {
  return `sha256=${createHmac("sha256", appSecret).update(body).digest("hex")}`;
}
