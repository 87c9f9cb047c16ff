import express, { Router, type Request, type RequestHandler } from "express";
import { serveMedia } from "#simulators/serve-media.ts";
import { answerJson, refuse, refuseUnknownObject } from "./graph-error.ts";
import type { WhatsappParts } from "./parts.ts";

/** Upload, look up, download and delete media. */
export function mediaRoutes(parts: WhatsappParts): Router {
  const router = Router();
  router.post(
    "/:version/:phoneNumberId/media",
    express.raw({ type: () => true, limit: "100mb" }),
    uploadMedia(parts),
  );
  // Meta serves the bytes from lookaside.fbsbx.com, behind the same Bearer token.
  router.get("/whatsapp_business/attachments", (request, response) => {
    const { mid, ext } = request.query;
    const isLate = parts.settings.now() > Number(ext) * 1000;
    const stored = typeof mid === "string" && !isLate ? parts.media.get(mid) : undefined;
    // Meta answers strangers, those without a name, with a page.
    if (request.get("user-agent") === undefined) response.type("html").send("<html></html>");
    else serveMedia(parts.faults, stored, response);
  });
  router.delete("/:version/:id", (request, response) => {
    const { id } = request.params;
    if (!parts.media.remove(id)) throw refuseUnknownObject("get", id);
    answerJson(response, 200, { success: true });
  });
  return router;
}

function uploadMedia({ media, findNumber }: WhatsappParts): RequestHandler {
  return async (request, response) => {
    findNumber(String(request.params["phoneNumberId"]));
    const form = await readForm(request);
    const file = form.get("file");
    if (form.get("messaging_product") !== "whatsapp") {
      throw refuse(100, "The parameter messaging_product is required.");
    }
    if (!(file instanceof File)) throw refuse(100, "The parameter file is required.");
    const type = form.get("type");
    const bytes = new Uint8Array(await file.arrayBuffer());
    answerJson(response, 200, {
      id: media.add(bytes, typeof type === "string" ? type : file.type),
    });
  };
}

async function readForm(request: Request): Promise<FormData> {
  const body: unknown = request.body;
  const type = request.get("content-type") ?? "";
  if (!Buffer.isBuffer(body) || !type.startsWith("multipart/form-data")) {
    throw refuse(100, "The upload must be multipart/form-data.");
  }
  return new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
}

const addressLivesS = 300;

/** The answer to `GET /:version/:mediaId`; the address in it holds for five minutes. */
export function describeMedia({ media, settings }: WhatsappParts, id: string, baseUrl: string) {
  const stored = media.get(id);
  if (stored === undefined) return undefined;
  const until = Math.floor(settings.now() / 1000) + addressLivesS;
  return {
    messaging_product: "whatsapp",
    url: `${baseUrl}/whatsapp_business/attachments/?mid=${id}&ext=${until}`,
    mime_type: stored.mimeType,
    sha256: stored.sha256,
    file_size: String(stored.bytes.length),
    id,
  };
}
