import { afterAll, expect, test } from "vitest";
import { createHttp } from "#shared/providers/http.ts";
import * as registered from "#shared/providers/registered.ts";
import { answerJson, startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 1000 });
afterAll(() => http.close());

const token = "s3cret/token+1";

test.each(Object.entries(registered))(
  "%s: a refusal that repeats the token is told without it",
  async (_name, provider) => {
    await using far = await startFarSide((response, seen) => {
      const { path, headers } = seen;
      const message = `Cannot POST ${path} ${headers.authorization ?? ""} ${token}`;
      answerJson({ message, error: { code: 131_009, message } }, 400)(response, seen);
    });

    const outcome = await provider.send({
      http,
      account: { externalId: "1", apiUrl: far.url, token, guarded: false },
      to: "447700900123@c.us",
      command: { type: "text", text: "Hi" },
      callback: "x",
      signal: new AbortController().signal,
    });

    expect(outcome).toMatchObject({
      kind: "refused",
      reason: expect.stringContaining("Cannot POST"),
    });
    expect(JSON.stringify(outcome)).not.toMatch(/s3cret/);
  },
);

test.each(Object.entries(registered))(
  "%s: without a token a refusal is told as it is",
  async (_name, provider) => {
    await using far = await startFarSide(
      answerJson({ message: "No", error: { code: 131_009, message: "No" } }, 400),
    );

    const outcome = await provider.send({
      http,
      account: { externalId: "1", apiUrl: far.url, token: "", guarded: false },
      to: "447700900123@c.us",
      command: { type: "text", text: "Hi" },
      callback: "x",
      signal: new AbortController().signal,
    });

    expect(outcome).toMatchObject({ kind: "refused", reason: "No" });
  },
);
