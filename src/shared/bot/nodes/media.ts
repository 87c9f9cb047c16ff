import { z } from "zod";
import { textField } from "#shared/bot/fields.ts";
import { defineNode } from "#shared/bot/node.ts";

const maxUrlLength = 2048;

const dataSchema = z
  .object({
    mediaType: z.enum(["image", "video", "audio", "document"]),
    url: z
      .url({ protocol: /^https?$/, error: "must be an http or https address" })
      .max(maxUrlLength)
      .exactOptional(),
    mediaId: z
      .string()
      .regex(/^[\w-]{1,64}$/, "must be the id of an uploaded file")
      .exactOptional(),
    caption: textField.exactOptional(),
    fileName: z.string().regex(/\S/, "must not be blank").max(200).exactOptional(),
  })
  .refine(({ url, mediaId }) => (url === undefined) !== (mediaId === undefined), {
    path: ["url"],
    error: "give exactly one of url and mediaId",
  });

/** Sends a file that lies at a public address, or was uploaded here. */
export default defineNode({
  type: "media",
  data: dataSchema,
  enter: ({ mediaType, url, mediaId, caption, fileName }, { render }) => ({
    next: undefined,
    effects: [
      {
        kind: "send",
        command: {
          type: mediaType,
          ...(url !== undefined && { link: url }),
          ...(mediaId !== undefined && { mediaId }),
          ...(caption !== undefined && { caption: render(caption) }),
          ...(fileName !== undefined && { fileName: render(fileName) }),
        },
      },
    ],
  }),
});
