import { z } from "zod";
import { textField } from "#shared/bot/fields.ts";
import { defineNode } from "#shared/bot/node.ts";

const maxUrlLength = 2048;

/** Sends a file that lies at a public address. */
export default defineNode({
  type: "media",
  data: z.object({
    mediaType: z.enum(["image", "video", "audio", "document"]),
    url: z
      .url({ protocol: /^https?$/, error: "must be an http or https address" })
      .max(maxUrlLength),
    caption: textField.exactOptional(),
    fileName: z.string().regex(/\S/, "must not be blank").max(200).exactOptional(),
  }),
  enter: ({ mediaType, url, caption, fileName }, { render }) => ({
    next: undefined,
    effects: [
      {
        kind: "send",
        command: {
          type: mediaType,
          link: url,
          ...(caption !== undefined && { caption: render(caption) }),
          ...(fileName !== undefined && { fileName: render(fileName) }),
        },
      },
    ],
  }),
});
