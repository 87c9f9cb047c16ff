import { ulid } from "ulid";
import { z } from "zod";
import { byId, done, ok } from "#api/rest/fields.ts";
import { receiveFile } from "#api/rest/media/receive-file.ts";
import { goneFor, serveFile } from "#api/rest/media/serve-file.ts";
import { mediaSchema, showFile } from "#api/rest/media/show-file.ts";
import { notFound, Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call, type SentFile } from "#api/rest/route.ts";
import { fileAlert } from "#shared/models/alerts.ts";
import type { MediaFile } from "#shared/models/media.ts";
import { removeMedia } from "#shared/models/remove-media.ts";

const tag = "Media";
const path = "/api/v1/media";

async function findFile({ api, identity }: Call<unknown>, id: string): Promise<MediaFile> {
  const file = await api.models.media.find(identity.tenantId, id);
  if (file === null) throw notFound("file");
  return file;
}

export const mediaRoutes = [
  defineRoute({
    id: "upload_media",
    method: "post",
    path,
    tag,
    summary:
      "Takes a file to be sent: the body is the file itself, as large as MEDIA_MAX_BYTES says",
    access: "conversations:write",
    status: 201,
    input: z.object({
      query: z.strictObject({
        file_name: z
          .string()
          .min(1)
          .max(200)
          .meta({ description: "As the customer will see it, with its ending: menu.pdf" }),
      }),
    }),
    consumes: "application/octet-stream",
    answer: mediaSchema,
    run: async (call) => {
      const id = ulid().toLowerCase();
      const file = await receiveFile(call, id, call.input.query.file_name);
      return showFile(file, call.api.mediaLinks);
    },
  }),
  defineRoute({
    id: "show_media",
    method: "get",
    path: `${path}/{id}`,
    tag,
    summary: "What is known of a file, with a fresh link to it",
    access: "conversations:read",
    input: z.object({ params: byId }),
    answer: mediaSchema,
    run: async (call) => showFile(await findFile(call, call.input.params.id), call.api.mediaLinks),
  }),
  defineRoute({
    id: "retry_media",
    method: "post",
    path: `${path}/{id}/retry`,
    tag,
    summary: "Has a customer's file that was given up fetched once more",
    access: "conversations:write",
    status: 202,
    input: z.object({ params: byId }),
    answer: mediaSchema,
    run: async (call) => {
      const { api, identity, input } = call;
      const { _id, state } = await findFile(call, input.params.id);
      if (!(await api.models.media.retry(identity.tenantId, _id, new Date())))
        throw new Problem(409, `Only a file that was given up is fetched again: it is ${state}`);
      await api.models.alerts.endNamed(
        { tenantId: identity.tenantId, ...fileAlert(_id) },
        new Date(),
      );
      await api.wake("media", _id);
      return showFile(await findFile(call, _id), api.mediaLinks);
    },
  }),
  defineRoute({
    id: "delete_media",
    method: "delete",
    path: `${path}/{id}`,
    tag,
    summary: "Removes a file; messages that name it show it as gone",
    access: "conversations:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      await removeMedia(call.api.models, await findFile(call, call.input.params.id));
      return ok;
    },
  }),
  defineRoute({
    id: "download_media",
    method: "get",
    path: `${path}/{id}/file`,
    tag,
    summary: "The file, by a link that somebody was given; it takes one range",
    access: "anyone",
    input: z.object({
      params: byId,
      query: z.strictObject({
        expires: z.coerce.number().int().min(0).max(8.64e15),
        signature: z.string().min(1).max(100),
      }),
    }),
    produces: "application/octet-stream",
    answer: z.custom<SentFile>(),
    run: async (call) => {
      const { params, query } = call.input;
      const { models, mediaLinks } = call.api;
      const file = await models.media.read(params.id);
      if (file === undefined) throw goneFor();
      const linked = {
        tenantId: file.tenantId,
        mediaId: file._id,
        until: new Date(query.expires),
      };
      if (!mediaLinks.isGood(linked, query.signature, new Date())) throw goneFor();
      return serveFile(call, file);
    },
  }),
];
