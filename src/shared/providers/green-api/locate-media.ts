import { z } from "zod";
import { hideToken } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { LocateCall, Located } from "#shared/providers/provider.ts";
import { askMethod } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const found = z.object({ downloadUrl: z.url({ protocol: /^https?$/ }) });

/** The webhook's link, while it lives; then a fresh one: https://green-api.com/en/docs/api/receiving/files/DownloadFile/ */
export const locateMedia = async (call: LocateCall): Promise<Located> => {
  const { account, media, chatId, messageId: idMessage, isGone } = call;
  if (media.url !== undefined && !isGone) return { url: media.url };
  if (idMessage === undefined) return { missing: "its link is gone, and it has no id to ask by" };
  const answer = await askMethod(call, { name: "downloadFile", json: { chatId, idMessage } });
  const read = found.safeParse(readBody(answer.body)).data;
  if (answer.status === 200 && read !== undefined) return { url: read.downloadUrl };
  const outcome = hideToken(sortAnswer(answer), account.token);
  return { missing: "reason" in outcome ? outcome.reason : "Green API named no link to the file" };
};
