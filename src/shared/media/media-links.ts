import { createHmac, timingSafeEqual } from "node:crypto";
import { encryptionKeysOf, type Config } from "#shared/config/env.ts";
import { deriveSecret } from "#shared/runtime/cipher.ts";

/** Whose file, and how long the link to it is good. */
interface Linked {
  readonly tenantId: string;
  readonly mediaId: string;
  readonly until: Date;
}

type Settings = Pick<
  Config,
  "ENCRYPTION_KEY" | "ENCRYPTION_KEYS_OLD" | "PUBLIC_URL" | "MEDIA_LINK_MS"
>;

export type MediaLinks = ReturnType<typeof createMediaLinks>;

/** Links that prove themselves, under a key of their own: tenant, file and end are part of the signature. */
export function createMediaLinks(config: Settings) {
  const keys = encryptionKeysOf(config).map((key) => deriveSecret(key, "media links"));
  /** Without PUBLIC_URL it begins with the path. */
  const make = (linked: Linked): string => {
    const [key] = keys;
    if (key === undefined) throw new Error("links need a key");
    const query = new URLSearchParams({
      expires: String(linked.until.getTime()),
      signature: sign(key, linked).toString("base64url"),
    });
    return `${config.PUBLIC_URL ?? ""}/api/v1/media/${linked.mediaId}/file?${query.toString()}`;
  };
  return {
    make,
    /** For people who look at it now. */
    makeShort: (tenantId: string, mediaId: string, now: Date) => {
      const until = new Date(now.getTime() + config.MEDIA_LINK_MS);
      return { until, url: make({ tenantId, mediaId, until }) };
    },
    /** A signature that an older key made still counts. */
    isGood: (linked: Linked, signature: string, now: Date): boolean => {
      const given = Buffer.from(signature, "base64url");
      const isOurs = keys.some((key) => isSame(given, sign(key, linked)));
      return isOurs && linked.until > now;
    },
    isPublic: config.PUBLIC_URL !== undefined,
  };
}

const isSame = (given: Buffer, right: Buffer): boolean =>
  given.length === right.length && timingSafeEqual(given, right);

const sign = (key: Buffer, { tenantId, mediaId, until }: Linked): Buffer =>
  createHmac("sha256", key)
    .update(JSON.stringify([tenantId, mediaId, until.getTime()]))
    .digest();
