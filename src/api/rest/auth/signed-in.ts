import { z } from "zod";

/** What signing in answers, however it was proved who asks; the refresh token goes by cookie. */
export const signedIn = z
  .object({
    accessToken: z.string(),
    expires_in: z.int().meta({ description: "Seconds; then POST /api/v1/auth/refresh" }),
  })
  .meta({ id: "SignedIn" });
