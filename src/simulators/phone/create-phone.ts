import express from "express";
import { controlRoutes, requireLoopback, type Controls } from "#simulators/control-routes.ts";
import { serve } from "#simulators/serve.ts";
import { sendPhonePage } from "./page.ts";

/** One page for all simulators of a process: pick a channel and a customer, and write. */
export async function createPhone(
  at: { readonly host: string; readonly port: number },
  channels: readonly Controls[],
) {
  const app = express();
  app.disable("x-powered-by").disable("etag");
  for (const [place, controls] of channels.entries())
    app.use(`/channels/${place}`, controlRoutes(controls));
  app.get("/", requireLoopback, (_request, response) =>
    sendPhonePage(
      response,
      channels.map(({ title }, place) => ({ title, base: `channels/${place}/` })),
    ),
  );
  return serve(app, at);
}
