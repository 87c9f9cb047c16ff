import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { ulid } from "ulid";
import { expect } from "vitest";
import { z } from "zod";
import type { Role } from "../../src/shared/domain/access.ts";
import { hashPassword } from "../../src/shared/runtime/password.ts";
import { startTestApi, type TestApi } from "./api.ts";

const openApi = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        operationId: z.string(),
        responses: z.record(z.string(), z.looseObject({})),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

export type OpenApi = z.infer<typeof openApi>;

export interface Asked {
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the answer, whose shape was checked against /openapi.json. */
  readonly body: Readonly<Record<string, unknown>>;
}

export type TestRest = Awaited<ReturnType<typeof startTestRest>>;

const password = "correct horse battery";
/** Hashing is slow by design: one hash serves every person of a test file. */
const passwordHash = hashPassword(password);

/** An API, people of any tenant, and the one way to ask: every answer is held against /openapi.json. */
export async function startTestRest(settings: Readonly<Record<string, string>> = {}) {
  const api = await startTestApi(settings);
  const document = await readOpenApi(api);
  const check = createCheck(document);
  const call = async (method: string, path: string, asked: Asked = {}): Promise<Answered> => {
    const { body, token, headers } = asked;
    const response = await fetch(api.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const answer: unknown = JSON.parse(await response.text());
    check(method, path, response, answer);
    return {
      status: response.status,
      headers: response.headers,
      body: z.looseObject({}).parse(answer),
    };
  };
  const login = async (email: string, given = password): Promise<string> => {
    const { body } = await call("POST", "/api/v1/auth/login", { body: { email, password: given } });
    return z.object({ accessToken: z.string() }).parse(body).accessToken;
  };
  return {
    api,
    document,
    password,
    call,
    login,
    /** A person with a password; `tenant` is made when it is not there. */
    addUser: async (role: Role, tenant = "tenant", more: { phone?: string } = {}) => {
      const id = ulid().toLowerCase();
      const email = `${role}-${id}@example.com`;
      const now = new Date();
      await api.models.tenants.upsert({ _id: tenant, schemaVersion: 1, name: tenant });
      await api.models.users.create({
        _id: id,
        schemaVersion: 1,
        tenantId: tenant,
        role,
        name: `The ${role}`,
        email,
        passwordHash: await passwordHash,
        active: true,
        generation: 1,
        createdAt: now,
        updatedAt: now,
        ...more,
      });
      return { id, email, token: await login(email) };
    },
  };
}

async function readOpenApi(api: TestApi): Promise<OpenApi> {
  const response = await api.get("/openapi.json");
  return openApi.parse(await response.json());
}

/** Fails the test when an answer is not what the document says of its route and status. */
function createCheck(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: "openapi" });
  return (method: string, path: string, { status, headers }: Response, answer: unknown): void => {
    const [plain = ""] = path.split("?");
    const template = Object.keys(document.paths).find((known) => isPathOf(known, plain));
    const responses = document.paths[template ?? ""]?.[method.toLowerCase()]?.responses;
    const isDocumented = responses !== undefined && Object.hasOwn(responses, String(status));
    if (!isDocumented)
      expect(status, `${method} ${path} ${JSON.stringify(answer)}`).toBeGreaterThanOrEqual(400);
    const place = isDocumented
      ? `paths/${escape(template ?? "")}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`
      : "components/responses/Problem/content/application~1problem+json/schema";
    expect(headers.get("content-type")).toContain(
      isDocumented ? "application/json" : "application/problem+json",
    );
    const validate = ajv.compile({ $ref: `openapi#/${place}` });
    validate(answer);
    expect(validate.errors ?? [], `${method} ${path} ${JSON.stringify(answer)}`).toEqual([]);
  };
}

const isPathOf = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);

const escape = (path: string): string => encodeURIComponent(path).replaceAll("%2F", "~1");
