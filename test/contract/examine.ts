import type { OutgoingHttpHeaders } from "node:http";
import { onTestFinished } from "vitest";
import type { Finding } from "../../src/shared/domain/finding.ts";
import { createHttp } from "../../src/shared/providers/http.ts";
import type { ExamineCall, Provider } from "../../src/shared/providers/provider.ts";
import { startFarSide } from "./start-far-side.ts";

/** What a provider answers to one question. */
export interface FarAnswer {
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body: unknown;
}

/** Our side of a channel that nothing is wrong with. */
export const wanted: ExamineCall["wanted"] = {
  url: "https://bot.example/hook",
  path: "/hook",
  isOurs: (url) => url === "https://bot.example/hook",
  secret: "hook-secret",
};

interface Asked extends Pick<ExamineCall, "now"> {
  readonly externalId: string;
  readonly businessId?: string;
  /** What stands before the paths of the API. */
  readonly base?: string;
  readonly answer: (path: string) => FarAnswer;
}

/** What the doctor finds where the provider answers as it is told; its token is `secret`. */
export async function examineWith(
  provider: Provider,
  { answer, externalId, base = "", ...asked }: Asked,
): Promise<readonly Finding[]> {
  await using far = await startFarSide((response, { path = "" }) => {
    const { status = 200, headers, body } = answer(path);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  });
  const http = createHttp({ timeoutMs: 5000 });
  onTestFinished(() => http.close());
  const account = { externalId, apiUrl: `${far.url}${base}`, token: "secret", guarded: false };
  const signal = AbortSignal.timeout(5000);
  return (await provider.examine?.({ ...asked, http, account, signal, wanted })) ?? [];
}
