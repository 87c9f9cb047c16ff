import { z } from "zod";
import { compact } from "#shared/providers/compact.ts";
import { hideToken } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { LocateCall, Located } from "#shared/providers/provider.ts";
import { filled } from "#shared/providers/wire-fields.ts";
import { sortAnswer } from "./sort.ts";

const found = z.object({
  url: z.url({ protocol: /^https?$/ }),
  sha256: filled,
  file_size: z.coerce.number().int().nonnegative().optional().catch(undefined),
});

/**
 * Asks Meta where a file lies: the address is good for 5 minutes and wants our token
 * (https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media).
 * A webhook's own address gets no token: whoever forged the webhook would have it then.
 */
export const locateMedia = async (call: LocateCall): Promise<Located> => {
  const { http, account, media, signal } = call;
  if (media.id === undefined) {
    return media.url === undefined ? { missing: "the message names no file" } : { url: media.url };
  }
  const base = account.apiUrl.replace(/\/+$/, "");
  const headers = { authorization: `Bearer ${account.token}` };
  const number = encodeURIComponent(account.externalId);
  const answer = await http.ask({
    method: "GET",
    url: `${base}/${encodeURIComponent(media.id)}?phone_number_id=${number}`,
    headers,
    guarded: account.guarded,
    signal,
  });
  const read = found.safeParse(readBody(answer.body)).data;
  if (answer.status === 200 && read !== undefined) {
    const { url, sha256, file_size: size } = read;
    return compact({ url, headers, sha256, size });
  }
  const outcome = hideToken(sortAnswer(answer), account.token);
  return {
    missing: "reason" in outcome ? outcome.reason : "WhatsApp named no address of the file",
  };
};
