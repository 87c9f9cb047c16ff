import { Readable } from "node:stream";
import type { Response } from "express";
import type { Faults } from "./faults.ts";
import type { StoredMedia } from "./media-store.ts";

const hugeBytes = 10 ** 12;
const piece = Buffer.alloc(64 * 1024);

/** Answers with a file, or as the switch `mediaFault` says. */
export function serveMedia(
  faults: Faults,
  stored: StoredMedia | undefined,
  response: Response,
): void {
  const fault = faults.media();
  if (stored === undefined || fault === "expired") {
    response.status(404).end();
    return;
  }
  response.status(200).set("content-type", stored.mimeType);
  if (fault === "huge") response.set("content-length", String(hugeBytes)).write(piece);
  else if (fault === "slow") response.write(stored.bytes.subarray(0, 1));
  else if (fault === "endless") sendForEver(response);
  else response.end(fault === "short" ? firstHalf(stored.bytes) : stored.bytes);
}

const firstHalf = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2);

function sendForEver(response: Response): void {
  const endless = new Readable({
    read() {
      this.push(piece);
    },
  });
  response.once("close", () => endless.destroy());
  endless.pipe(response);
}
