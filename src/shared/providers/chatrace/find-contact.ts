import { z } from "zod";
import { answerOf } from "#shared/providers/answer-of.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Answer, FoundContact, SendCall } from "#shared/providers/provider.ts";
import { id, line } from "#shared/providers/wire-fields.ts";
import { ask } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const contact = z.object({ id, first_name: line, last_name: line });

/** GET /contacts/{id}: https://api.chatrace.com/swagger/ */
export const findContact = (
  call: Pick<SendCall, "http" | "account" | "signal" | "to">,
): Promise<Answer<FoundContact>> =>
  answerOf({
    ask: () => ask(call, { path: `/contacts/${encodeURIComponent(call.to)}` }),
    read: ({ status, body }) => {
      const found = status === 200 ? contact.safeParse(readBody(body)).data : undefined;
      return found?.id === undefined ? undefined : nameOf(found);
    },
    sort: sortAnswer,
    token: call.account.token,
    notUnderstood: "Chatrace's answer names no contact",
  });

const nameOf = ({ first_name: first, last_name: last }: z.infer<typeof contact>): FoundContact => {
  const name = [first, last].filter(Boolean).join(" ").trim();
  return name === "" ? {} : { name };
};
