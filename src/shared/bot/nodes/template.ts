import { z } from "zod";
import { textField } from "#shared/bot/fields.ts";
import { defineNode } from "#shared/bot/node.ts";

/** Sends an approved template: what WhatsApp takes when the customer's last word is older than 24 hours. */
export default defineNode({
  type: "template",
  data: z.object({
    name: z.string().regex(/\S/, "must not be blank").max(512),
    language: z.string().regex(/^[a-z]{2,3}(?:_[A-Za-z]{2,4})?$/, "takes a code as ru or en_US"),
    /** Texts for the body's {{1}}, {{2}} …. */
    bodyTexts: z.array(textField).max(20).default([]),
  }),
  enter: ({ name, language, bodyTexts }, { render }) => ({
    next: undefined,
    effects: [
      {
        kind: "send",
        command: {
          type: "template",
          name,
          language,
          ...(bodyTexts.length > 0 && { bodyTexts: bodyTexts.map((text) => render(text)) }),
        },
      },
    ],
  }),
});
