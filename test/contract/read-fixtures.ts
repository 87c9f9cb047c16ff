import { readFileSync, readdirSync } from "node:fs";
import { z } from "zod";

const root = new URL("../fixtures/", import.meta.url);

const expectation = z.looseObject({
  kind: z.string(),
  messages: z.array(z.string()).exactOptional(),
  statuses: z.array(z.string()).exactOptional(),
  /** In lower case, as Node gives them. */
  headers: z.record(z.string().toLowerCase(), z.string()).exactOptional(),
});
const manifest = z.object({
  providers: z.record(z.string(), z.record(z.string(), expectation)),
});

export type Expectation = z.infer<typeof expectation>;

/** What the manifest expects, by provider and fixture. */
export const readExpectations = () =>
  manifest.parse(JSON.parse(readFileSync(new URL("manifest.json", root), "utf8"))).providers;

/** The bytes of one webhook body. */
export const readRaw = (provider: string, fixture: string): Buffer =>
  readFileSync(new URL(`${provider}/${fixture}.json`, root));

/** The names of a provider's webhook bodies. */
export const listBodies = (provider: string): readonly string[] => list(`${provider}/`);

const list = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length));

const response = z.object({
  status: z.number(),
  headers: z.record(z.string(), z.string()),
  body: z.unknown(),
});

/** The names of a provider's recorded answers. */
export const listResponses = (provider: string): readonly string[] =>
  list(`${provider}/responses/`);

/** One recorded answer, as the client hands it on. */
export const readResponse = (provider: string, name: string) => {
  const file = new URL(`${provider}/responses/${name}.json`, root);
  const { status, headers, body } = response.parse(JSON.parse(readFileSync(file, "utf8")));
  return {
    status,
    headers,
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
};
