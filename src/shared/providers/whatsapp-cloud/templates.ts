import { z } from "zod";
import { answerOf } from "#shared/providers/answer-of.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { Answer, TemplateCall, TemplateList, Templates } from "#shared/providers/provider.ts";
import { compact } from "#shared/providers/compact.ts";
import { filled, items, part } from "#shared/providers/wire-fields.ts";
import { sortAnswer } from "./sort.ts";

const template = z.object({
  id: z.string(),
  name: z.string(),
  language: z.string(),
  status: filled,
  category: filled,
  components: z.array(z.looseObject({})).catch([]),
});
const page = z.object({
  data: items(template),
  paging: part({ cursors: part({ after: filled }), next: filled }),
});
const made = z.object({ id: z.string(), status: filled, category: filled });

const fields = "id,name,language,status,category,components";

/** Templates belong to the business account: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates/ */
export const templates: Templates = {
  list: async (call, { after, limit }) => {
    const query = new URLSearchParams({ fields, limit: String(limit), ...compact({ after }) });
    return ask<TemplateList>(call, { method: "GET", query }, (body) => {
      const read = page.safeParse(body).data;
      if (read === undefined) return undefined;
      const { data, paging } = read;
      return {
        items: data.filter((each) => each !== null),
        ...compact({ after: paging?.next === undefined ? undefined : paging.cursors?.after }),
      };
    });
  },
  create: (call, json) => ask(call, { method: "POST", json }, (body) => made.safeParse(body).data),
  remove: (call, name) =>
    ask(call, { method: "DELETE", query: new URLSearchParams({ name }) }, () => ({})),
};

interface Asked {
  readonly method: "GET" | "POST" | "DELETE";
  readonly query?: URLSearchParams;
  readonly json?: unknown;
}

/** Meta's refusals in its own words, without our token. */
function ask<Done>(
  { http, account, businessId, signal }: TemplateCall,
  { method, query, json }: Asked,
  read: (body: unknown) => Done | undefined,
): Promise<Answer<Done>> {
  const base = `${account.apiUrl.replace(/\/+$/, "")}/${encodeURIComponent(businessId)}`;
  return answerOf({
    ask: () =>
      http.ask({
        method,
        url: `${base}/message_templates${query === undefined ? "" : `?${query.toString()}`}`,
        headers: { authorization: `Bearer ${account.token}` },
        ...(json === undefined ? {} : { json }),
        guarded: account.guarded,
        signal,
      }),
    read: ({ status, body }) => (status < 300 ? read(readBody(body)) : undefined),
    sort: sortAnswer,
    token: account.token,
    notUnderstood: "WhatsApp's answer was not understood",
  });
}
