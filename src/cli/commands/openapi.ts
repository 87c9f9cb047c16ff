import { z } from "zod";
import { buildOpenApi } from "#api/rest/openapi.ts";
import { defineCommand } from "#cli/define-command.ts";

/** Needs no settings, no database and no server: the same text as GET /openapi.json. */
export const openapi = defineCommand({
  name: "openapi",
  summary: "Prints the REST API's OpenAPI document",
  options: {},
  schema: z.object({}),
  run: ({ json }) =>
    Promise.resolve(JSON.stringify(buildOpenApi(), undefined, json ? undefined : 2)),
});
