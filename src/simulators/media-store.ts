import { createHash, randomInt } from "node:crypto";

export interface StoredMedia {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly sha256: string;
}

export type MediaStore = ReturnType<typeof createMediaStore>;

export const hashBytes = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("base64");

/** Files that were uploaded, and those of customers' messages. */
export function createMediaStore() {
  const all = new Map<string, StoredMedia>();
  const put = (id: string, bytes: Uint8Array, mimeType: string): void => {
    all.set(id, { bytes, mimeType, sha256: hashBytes(bytes) });
  };
  return {
    /** Under a fresh id. */
    add(bytes: Uint8Array, mimeType: string): string {
      const id = `4${randomInt(10 ** 13, 10 ** 14)}`;
      put(id, bytes, mimeType);
      return id;
    },
    put,
    get size(): number {
      return all.size;
    },
    has: (id: string): boolean => all.has(id),
    get: (id: string): StoredMedia | undefined => all.get(id),
    remove: (id: string): boolean => all.delete(id),
  };
}
