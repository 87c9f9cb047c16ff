import { createHash, randomInt } from "node:crypto";

export interface StoredMedia {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly sha256: string;
}

export type MediaStore = ReturnType<typeof createMediaStore>;

/** Uploaded media, and one made-up picture for the ids in customers' messages. */
export function createMediaStore() {
  const all = new Map<string, StoredMedia>();
  const put = (id: string, bytes: Uint8Array, mimeType: string): void => {
    const sha256 = createHash("sha256").update(bytes).digest("base64");
    all.set(id, { bytes, mimeType, sha256 });
  };
  return {
    add(bytes: Uint8Array, mimeType: string): string {
      const id = `4${randomInt(10 ** 13, 10 ** 14)}`;
      put(id, bytes, mimeType);
      return id;
    },
    /** Customers' media is downloadable under the id that the webhook named. */
    noteInbound: (id: string, mimeType: string): void =>
      put(id, Buffer.from(`simulated media ${id}`), mimeType),
    has: (id: string): boolean => all.has(id),
    get: (id: string): StoredMedia | undefined => all.get(id),
    remove: (id: string): boolean => all.delete(id),
  };
}
