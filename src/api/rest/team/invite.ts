import type { Invite } from "#shared/models/users.ts";
import { hashSecret, mintSecret, writeToken } from "#shared/runtime/secret-token.ts";

export const invitePrefix = "sbi_";

const keptMs = 7 * 86_400_000;

/** What is stored of an invitation, and the token that is told once. */
export function mintInvite(userId: string, now: Date): { invite: Invite; token: string } {
  const secret = mintSecret();
  const expiresAt = new Date(now.getTime() + keptMs);
  return {
    invite: { hash: hashSecret(secret), expiresAt },
    token: writeToken(invitePrefix, { id: userId, secret }),
  };
}
