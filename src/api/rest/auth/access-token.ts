import { errors, jwtVerify, SignJWT } from "jose";
import type { Config } from "#shared/config/env.ts";
import type { User } from "#shared/models/users.ts";
import { deriveSecret } from "#shared/runtime/cipher.ts";

const issuer = "switchboard";
const algorithm = "HS256";

/** What an access token says; the rest is read from the user at each use. */
export interface Claims {
  readonly userId: string;
  readonly tenantId: string;
  readonly generation: number;
}

/** Short-lived tokens for the header, signed under a key of their own. */
export function createAccessTokens({
  ENCRYPTION_KEY,
  ACCESS_TOKEN_MS,
}: Pick<Config, "ENCRYPTION_KEY" | "ACCESS_TOKEN_MS">) {
  const key = deriveSecret(ENCRYPTION_KEY, "access tokens");
  return {
    mint: ({ _id, tenantId, generation }: User, now: Date): Promise<string> =>
      new SignJWT({ tenant: tenantId, generation })
        .setProtectedHeader({ alg: algorithm })
        .setIssuer(issuer)
        .setSubject(_id)
        .setIssuedAt(now)
        .setExpirationTime(new Date(now.getTime() + ACCESS_TOKEN_MS))
        .sign(key),
    /** Undefined for whatever we did not sign, and for what has run out. */
    read: async (token: string): Promise<Claims | undefined> => {
      try {
        const { payload } = await jwtVerify(token, key, { issuer, algorithms: [algorithm] });
        const { sub, tenant, generation } = payload;
        const isWhole =
          typeof sub === "string" && typeof tenant === "string" && typeof generation === "number";
        return isWhole ? { userId: sub, tenantId: tenant, generation } : undefined;
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
