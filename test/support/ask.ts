import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { z } from "zod";

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

/** The one way to ask an API: every answer is held against its /openapi.json. */
export async function createAsk(url: string) {
  const document = openApi.parse(await (await fetch(`${url}/openapi.json`)).json());
  const check = createCheck(document);
  const ask = async (method: string, path: string, asked: Asked = {}): Promise<Answered> => {
    const { body, token, headers } = asked;
    const response = await fetch(url + path, {
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
    const answer = await readAnswer(response);
    check(method, path, response, answer);
    return {
      status: response.status,
      headers: response.headers,
      body: typeof answer === "string" ? { text: answer } : z.looseObject({}).parse(answer),
    };
  };
  return { document, ask };
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  return isCsv(response) ? text : JSON.parse(text);
}

const isCsv = ({ headers }: Response): boolean =>
  headers.get("content-type")?.startsWith("text/csv") === true;

/** Fails the test when an answer is not what the document says of its route and status. */
function createCheck(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: "openapi" });
  return (method: string, path: string, response: Response, answer: unknown): void => {
    const { status, headers } = response;
    const type = isCsv(response) ? "text/csv" : "application/json";
    const [plain = ""] = path.split("?");
    const template = Object.keys(document.paths).find((known) => isPathOf(known, plain));
    const responses = document.paths[template ?? ""]?.[method.toLowerCase()]?.responses;
    const isDocumented = responses !== undefined && Object.hasOwn(responses, String(status));
    if (!isDocumented)
      expect(status, `${method} ${path} ${JSON.stringify(answer)}`).toBeGreaterThanOrEqual(400);
    const place = isDocumented
      ? `paths/${escape(template ?? "")}/${method.toLowerCase()}/responses/${status}/content/${escape(type)}/schema`
      : "components/responses/Problem/content/application~1problem+json/schema";
    expect(headers.get("content-type")).toContain(isDocumented ? type : "application/problem+json");
    const validate = ajv.compile({ $ref: `openapi#/${place}` });
    validate(answer);
    expect(validate.errors ?? [], `${method} ${path} ${JSON.stringify(answer)}`).toEqual([]);
  };
}

const isPathOf = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);

const escape = (path: string): string => encodeURIComponent(path).replaceAll("%2F", "~1");
