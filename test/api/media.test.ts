import { afterAll, beforeAll, expect, test } from "vitest";
import { largePicture, picture, sha256, uploadFile } from "../support/files.ts";
import { startTestRest, type TestRest } from "../support/rest.ts";

const mostBytes = 600_000;
let rest: TestRest;
let token: string;

beforeAll(async () => {
  rest = await startTestRest({ MEDIA_MAX_BYTES: String(mostBytes), MEDIA_LINK_MS: "60000" });
  ({ token } = await rest.addUser("operator"));
});
afterAll(() => rest.api.stop());

const upload = (bytes: Uint8Array, more?: { name?: string; type?: string }) =>
  uploadFile(rest.api.url, token, bytes, more);
const chunks = () => rest.api.database.collection("media.chunks").countDocuments();

test("an uploaded file is described by its bytes and served by its link, without signing in", async () => {
  const bytes = largePicture(300_000);

  const { status, made, body } = await upload(bytes, { name: "Меню (1).png", type: "text/html" });
  const served = await rest.api.get(made.url);

  expect(status).toBe(201);
  expect(body).toMatchObject({
    state: "stored",
    mime_type: "image/png",
    size: bytes.length,
    sha256: sha256(bytes),
  });
  expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
  expect(Object.fromEntries(served.headers)).toMatchObject({
    "content-type": "image/png",
    "content-length": String(bytes.length),
    "content-disposition": "inline; filename*=UTF-8''%D0%9C%D0%B5%D0%BD%D1%8E%20%281%29.png",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "no-store",
  });
});

test("what a browser could run is only saved", async () => {
  const page = Buffer.from("<script>alert(1)</script>");

  const { made } = await upload(page, { name: "a.html", type: "text/html" });
  const served = await rest.api.get(made.url);

  expect(served.headers.get("content-type")).toBe("application/octet-stream");
  expect(served.headers.get("content-disposition")).toMatch(/^attachment/);
});

test("a player gets the part that it asks for, over the edge of the database's pieces", async () => {
  const bytes = largePicture(300_000);
  bytes.fill(7, 261_000, 261_500);
  const { made } = await upload(bytes);
  const part = async (range: string) => {
    const answer = await rest.api.get(made.url, { range });
    const got = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, range: answer.headers.get("content-range"), got };
  };

  const middle = await part("bytes=260900-261499");
  const end = await part("bytes=-10");
  const beyond = await part("bytes=900000-");

  expect(middle).toMatchObject({ status: 206, range: `bytes 260900-261499/${bytes.length}` });
  expect(middle.got.equals(bytes.subarray(260_900, 261_500))).toBe(true);
  expect(end.got.equals(bytes.subarray(-10))).toBe(true);
  expect(beyond).toMatchObject({ status: 416, range: `bytes */${bytes.length}` });
});

test("a link ends, and none can be made up or stretched", async () => {
  const { made } = await upload(picture);
  const other = await upload(largePicture(1));
  const link = new URL(made.url, rest.api.url);
  const changed = (name: string, value: string): string => {
    const url = new URL(link);
    url.searchParams.set(name, value);
    return url.pathname + url.search;
  };
  const past = rest.api.models.media;
  const stretched = changed("expires", String(Date.now() + 86_400_000));
  const forged = changed("signature", "A".repeat(43));
  const swapped = `/api/v1/media/${other.made.id}/file${link.search}`;

  const answers = await Promise.all(
    [stretched, forged, swapped, changed("expires", String(Date.now() - 1))].map((path) =>
      rest.api.get(path),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect((await rest.api.get(made.url)).status).toBe(200);
  expect(await past.find("somebody else", made.id)).toBeNull();
});

test("a file over the limit is refused while it comes, and nothing of it stays", async () => {
  const before = await chunks();

  const tooLarge = await upload(largePicture(mostBytes));
  const empty = await upload(Buffer.alloc(0));

  expect(tooLarge).toMatchObject({
    status: 413,
    body: { detail: expect.stringMatching("600000") },
  });
  expect(empty).toMatchObject({ status: 422, body: { errors: [{ field: "body" }] } });
  expect(await chunks()).toBe(before);
});

test("a removed file is gone with all its bytes", async () => {
  const before = await chunks();
  const { made } = await upload(largePicture(300_000));
  const path = `/api/v1/media/${made.id}`;

  expect(await chunks()).toBe(before + 2);
  await rest.call("DELETE", path, { token });

  expect((await rest.api.get(made.url)).status).toBe(404);
  expect((await rest.call("GET", path, { token })).status).toBe(404);
  expect(await chunks()).toBe(before);
});

test("only a file of the tenant's own can be sent", async () => {
  await rest.api.addChannel({ _id: "channel", provider: "green-api" });
  const foreign = await rest.addUser("operator", "theirs");
  const theirs = await uploadFile(rest.api.url, foreign.token, picture);
  const ours = await upload(picture);
  const send = (more: object) =>
    rest.call("POST", "/api/v1/channels/channel/messages", {
      token,
      body: { to: "79001234567", message_type: "image", ...more },
    });

  const answers = [
    await send({ media_id: ours.made.id }),
    await send({ media_id: theirs.made.id }),
    await send({ media_id: ours.made.id, media_url: "https://example.com/a.jpg" }),
  ];

  expect(answers.map(({ status }) => status)).toEqual([202, 422, 422]);
  expect(answers[1]?.body["errors"]).toMatchObject([{ field: "media_id" }]);
  expect(answers[2]?.body["errors"]).toMatchObject([{ field: "media_url" }]);
});

test("only a file that was given up can be fetched again", async () => {
  const { made } = await upload(picture);

  const answer = await rest.call("POST", `/api/v1/media/${made.id}/retry`, { token });

  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching("stored") } });
});
