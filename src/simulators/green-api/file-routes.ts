import express, { Router } from "express";
import { serveMedia } from "#simulators/serve-media.ts";
import { readPath } from "./answer-method.ts";
import { refuse400 } from "./green-error.ts";
import type { GreenApiParts } from "./parts.ts";

/** Upload to the storage, and everything that lies in it: links need no token. */
export function fileRoutes(parts: GreenApiParts): Router {
  const { media, faults, place } = parts;
  const router = Router();
  router.get("/files/:name", (request, response) => {
    serveMedia(faults, media.get(request.params.name), response);
  });
  router.post(
    "/waInstance:idInstance/:method/:token",
    (request, _response, next) =>
      next(request.params.method === "uploadFile" ? undefined : "route"),
    express.raw({ type: () => true, limit: "100mb" }),
    (request, response) => {
      readPath(parts, request);
      const bytes: unknown = request.body;
      if (!Buffer.isBuffer(bytes)) throw refuse400("the body must be the file");
      const id = media.add(bytes, request.get("content-type") ?? "application/octet-stream");
      response.json({ urlFile: `${place.url}/files/${id}` });
    },
  );
  return router;
}
