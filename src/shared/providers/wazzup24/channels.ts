import { z } from "zod";
import type { SendOutcome } from "#shared/domain/outcome.ts";
import { unknownOutcome } from "#shared/providers/outcomes.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import { id, items, word } from "#shared/providers/wire-fields.ts";
import { askRoute, type Caller } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const list = items(z.object({ channelId: id, transport: word, state: word }));

/** One of the account's channels; the transport says which messenger it is, and how it is connected. */
export interface WireChannel {
  readonly transport: string | undefined;
  readonly state: string | undefined;
}

export type Found = { readonly channel: WireChannel } | { readonly refused: SendOutcome };

/** The account's own channel: https://wazzup24.com/help/api-en/working-with-channels/ */
export const findChannel = async (caller: Caller): Promise<Found> => {
  const answer = await askRoute(caller, { method: "GET", path: "/channels" });
  if (answer.status !== 200) return { refused: sortAnswer(answer) };
  if (!Array.isArray(readBody(answer.body)))
    return { refused: unknownOutcome("the channels could not be read") };
  const { externalId } = caller.account;
  const channel = pickChannel(answer, externalId);
  return channel ? { channel } : { refused: notThere(externalId) };
};

/** The one with that id, of an answer that lists them. */
export const pickChannel = ({ body }: HttpAnswer, externalId: string): WireChannel | undefined =>
  list.parse(readBody(body)).find((each) => each?.channelId === externalId) ?? undefined;

const notThere = (externalId: string): SendOutcome => ({
  kind: "account",
  code: "CHANNEL_NOT_FOUND",
  reason: `the account has no channel ${externalId}`,
  advice: "Compare the channel's id with those of the account: GET /v3/channels.",
});
