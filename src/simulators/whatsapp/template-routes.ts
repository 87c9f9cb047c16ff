import { randomInt } from "node:crypto";
import express, { Router } from "express";
import { z } from "zod";
import { answerJson, refuse, refuseUnknownObject } from "./graph-error.ts";
import type { WhatsappParts } from "./parts.ts";

const handedIn = z.looseObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string().min(2),
  category: z.enum(["AUTHENTICATION", "MARKETING", "UTILITY"]),
  components: z.array(z.looseObject({ type: z.string() })).min(1),
});
type Stored = z.infer<typeof handedIn> & { readonly id: string; readonly status: string };

/** The business account's templates: handed in, they wait for approval. */
export function templateRoutes({ settings }: WhatsappParts): Router {
  const router = Router();
  const path = "/:version/:wabaId/message_templates";
  let stored: readonly Stored[] = [];
  router.use(path, (request, _response, next) => {
    const { wabaId } = request.params;
    if (wabaId === settings.wabaId) next();
    else throw refuseUnknownObject(request.method === "GET" ? "get" : "post", wabaId);
  });
  router.get(path, (request, response) => {
    const limit = Number(request.query["limit"] ?? 25);
    const from = Number(request.query["after"] ?? 0);
    const data = stored.slice(from, from + limit);
    const end = from + data.length;
    const next = end < stored.length ? { next: "https://graph.example.test/next" } : {};
    answerJson(response, 200, { data, paging: { cursors: { after: String(end) }, ...next } });
  });
  router.post(path, express.json({ type: () => true }), (request, response) => {
    const read = handedIn.safeParse(request.body);
    if (!read.success) throw refuse(100, "Invalid parameter");
    const { name, language, category } = read.data;
    if (stored.some((known) => known.name === name && known.language === language))
      throw refuse(100, "Content in this language already exists");
    const made = { ...read.data, id: String(randomInt(1e12, 1e13)), status: "PENDING" };
    stored = [...stored, made];
    answerJson(response, 200, { id: made.id, status: made.status, category });
  });
  router.delete(path, (request, response) => {
    const { name } = request.query;
    if (!stored.some((known) => known.name === name))
      throw refuse(100, "Message Template name not found");
    stored = stored.filter((known) => known.name !== name);
    answerJson(response, 200, { success: true });
  });
  return router;
}
