import { Router, type RequestHandler } from "express";
import { createRequire } from "node:module";
import { buildOpenApi } from "#api/rest/openapi.ts";

/** The document and two ways to read it; nothing is loaded from another host. */
export function mountDocs(): Router {
  const router = Router();
  let text: string | undefined;
  router.get("/openapi.json", (_request, response) => {
    text ??= JSON.stringify(buildOpenApi());
    response.type("json").send(text);
  });
  for (const { path, page, start, files } of [swagger, redoc]) {
    router.use(path, loadFromHereOnly);
    router.get(path, (_request, response) => void response.type("html").send(page));
    router.get(`${path}/start.js`, (_request, response) => void response.type("js").send(start));
    for (const [name, file] of files)
      router.get(`${path}/${name}`, (_request, response) => {
        response.sendFile(file, { maxAge: "1d" });
      });
  }
  return router;
}

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // Both write their styles while they run.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const loadFromHereOnly: RequestHandler = (_request, response, next) => {
  response.set({ "Content-Security-Policy": policy, "Referrer-Policy": "no-referrer" });
  next();
};

const pageOf = (path: string, { head = "", script }: { head?: string; script: string }): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Switchboard API</title>
<link rel="icon" href="data:,">
${head}</head>
<body>
<div id="docs"></div>
<script src="${path}/${script}"></script>
<script src="${path}/start.js"></script>
</body>
</html>
`;

/** Found, not loaded: these are megabytes for browsers. */
const { resolve } = createRequire(import.meta.url);

const swagger = {
  path: "/docs",
  page: pageOf("/docs", {
    head: '<link rel="stylesheet" href="/docs/swagger-ui.css">\n',
    script: "swagger-ui-bundle.js",
  }),
  start: `SwaggerUIBundle({ url: "/openapi.json", dom_id: "#docs", deepLinking: true, validatorUrl: null });\n`,
  files: [
    ["swagger-ui.css", resolve("swagger-ui-dist/swagger-ui.css")],
    ["swagger-ui-bundle.js", resolve("swagger-ui-dist/swagger-ui-bundle.js")],
  ] as const,
};

const redocScript = "redoc.standalone.js";

const redoc = {
  path: "/redoc",
  page: pageOf("/redoc", { script: redocScript }),
  // The search would need a worker of a blob, and the badge a picture of another host.
  start: `Redoc.init("/openapi.json", { disableSearch: true, hideDownloadButton: true }, document.getElementById("docs"));\n`,
  files: [[redocScript, resolve("redoc/bundles/redoc.standalone.js")]] as const,
};
