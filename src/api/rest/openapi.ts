import { z } from "zod";
import { problemSchema } from "#api/rest/problem.ts";
import type { FileType, Route } from "#api/rest/route.ts";
import { routes } from "#api/rest/routes.ts";

type Json = z.core.JSONSchema.BaseSchema;
type Schemas = Record<string, Json>;

/** The document of OpenAPI 3.1, made of the same schemas that check each request. */
export function buildOpenApi() {
  const schemas: Schemas = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(route, schemas) };
  const problem = convert(problemSchema, "output", schemas);
  return {
    openapi: "3.1.1",
    info: {
      title: "Switchboard",
      version: "1",
      description: "Faults are problem documents (RFC 9457). Lists have `limit` and `cursor`.",
    },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      responses: {
        Problem: {
          description: "It was refused, or did not work",
          content: { "application/problem+json": { schema: problem } },
        },
      },
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "An access token of POST /api/v1/auth/login, or an API key (sb_…)",
        },
      },
    },
  };
}

function describeRoute(route: Route, schemas: Schemas) {
  const { params, query, body } = route.input.shape;
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    ...(route.access === "anyone"
      ? { security: [] }
      : { security: [{ bearer: [] }], description: accessOf(route) }),
    parameters: [
      ...listParameters("path", params, schemas),
      ...listParameters("query", query, schemas),
      ...(route.isIdempotent === true ? [idempotencyKey] : []),
    ],
    ...(route.consumes === undefined
      ? {}
      : { requestBody: { required: true, content: fileOf(route.consumes) } }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(convert(body, "input", schemas)) } }),
    responses: {
      [route.status ?? 200]: {
        description: "Done",
        content:
          route.produces === undefined
            ? json(convert(route.answer, "output", schemas))
            : fileOf(route.produces),
      },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

const accessOf = ({ access }: Route): string =>
  access === "signed-in" ? "For everyone who is signed in." : `Needs the scope \`${access}\`.`;

/** Of bytes a document of OpenAPI 3.1 has no schema. */
const fileOf = (type: FileType) => ({
  [type]: type === "text/csv" ? { schema: { type: "string" } } : {},
});

const json = (schema: Json) => ({ "application/json": { schema } });

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A repeated call with the same key does it once",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

function listParameters(where: "path" | "query", part: unknown, schemas: Schemas) {
  if (!(part instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = convert(part, "input", schemas);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema,
  }));
}

const inDefinitions = "#/$defs/";
const inComponents = "#/components/schemas/";

/** JSON Schema of a part; what has a name goes to the components. */
function convert(schema: z.core.$ZodType, io: "input" | "output", schemas: Schemas): Json {
  const made = z.toJSONSchema(schema, { io, target: "draft-2020-12", unrepresentable: "any" });
  const text = JSON.stringify(made).replaceAll(inDefinitions, inComponents);
  const { $schema: _, $defs = {}, ...rest } = jsonSchema.parse(JSON.parse(text));
  Object.assign(schemas, $defs);
  if (typeof rest["id"] !== "string") return rest;
  const { id, ...named } = rest;
  schemas[id] = named;
  return { $ref: `${inComponents}${id}` };
}

const jsonSchema = z.looseObject({
  $schema: z.string().optional(),
  $defs: z.record(z.string(), z.custom<Json>()).optional(),
});
