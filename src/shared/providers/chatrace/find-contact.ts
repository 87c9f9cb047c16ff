import { z } from "zod";
import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Answer, FoundContact, SendCall } from "#shared/providers/provider.ts";
import { id, line } from "#shared/providers/wire-fields.ts";
import { ask } from "./ask.ts";
import { sortAnswer } from "./sort.ts";

const contact = z.object({ id, first_name: line, last_name: line });

/** GET /contacts/{id}: https://api.chatrace.com/swagger/ */
export const findContact = async (
  call: Pick<SendCall, "http" | "account" | "signal" | "to">,
): Promise<Answer<FoundContact>> => {
  try {
    const answer = await ask(call, { path: `/contacts/${encodeURIComponent(call.to)}` });
    const found = answer.status === 200 ? contact.safeParse(readBody(answer.body)).data : undefined;
    if (found?.id !== undefined) return { state: "ok", done: nameOf(found) };
    return refusalOf(toChecked(hideToken(sortAnswer(answer), call.account.token)));
  } catch (error) {
    return refusalOf(toChecked(sortFailure(error)));
  }
};

const nameOf = ({ first_name: first, last_name: last }: z.infer<typeof contact>): FoundContact => {
  const name = [first, last].filter(Boolean).join(" ").trim();
  return name === "" ? {} : { name };
};

const refusalOf = (checked: ReturnType<typeof toChecked>): Answer<FoundContact> =>
  checked.state === "ok"
    ? { state: "unreached", reason: "Chatrace's answer names no contact" }
    : checked;
