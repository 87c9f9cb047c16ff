import express from "express";
import { createServer } from "node:http";
import { answerAsks } from "./answer-asks.ts";

/** What Express itself takes: the raw body is read like ours, and 200 is all that happens. */
const app = express();
app.disable("x-powered-by");
app.disable("etag");
app.post(
  "/webhook",
  express.raw({ type: () => true, limit: 4 * 1024 * 1024, inflate: false }),
  (_request, response) => {
    response.json({ status: "ok" });
  },
);
const server = createServer({ keepAliveTimeout: 65_000 }, app);

answerAsks({
  listen: () =>
    new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(server.address()));
    }),
});
