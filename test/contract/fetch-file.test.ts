import { afterAll, expect, test } from "vitest";
import { fetchFile } from "#shared/providers/fetch-file.ts";
import { createHttp } from "#shared/providers/http.ts";
import { startFarSide } from "./start-far-side.ts";

const http = createHttp({ timeoutMs: 5000 });
afterAll(() => http.close());

const headers = { authorization: "Bearer s3cret" };
const { signal } = new AbortController();

test("a file's headers go to the address that they are for, and on within its origin", async () => {
  await using far = await startFarSide((response, { path }) => {
    if (path === "/a") response.writeHead(302, { location: "/b" }).end();
    else response.end("bytes");
  });

  const answer = await fetchFile(http, { url: `${far.url}/a`, headers, trusted: far.url, signal });

  expect(Buffer.concat(await Array.fromAsync(answer.body)).toString()).toBe("bytes");
  expect(far.seen.map((each) => each.headers["authorization"])).toEqual(
    Array.from({ length: 2 }, () => headers.authorization),
  );
  expect(far.seen[0]?.headers["user-agent"]).toBe("Switchboard");
});

test("a redirect into the house is not followed, even from a trusted place", async () => {
  await using house = await startFarSide((response) => response.end("secret"));
  await using far = await startFarSide((response) => {
    response.writeHead(302, { location: `${house.url}/secret` }).end();
  });

  const asked = fetchFile(http, { url: far.url, headers, trusted: far.url, signal });

  await expect(asked).rejects.toThrow(/not allowed|not a public/);
  expect(house.seen).toEqual([]);
});

test("redirects come to an end", async () => {
  await using far = await startFarSide((response) => {
    response.writeHead(302, { location: "/again" }).end();
  });

  const asked = fetchFile(http, { url: far.url, headers, trusted: far.url, signal });

  await expect(asked).rejects.toThrow(/more than 5 redirects/);
  expect(far.seen).toHaveLength(6);
});
