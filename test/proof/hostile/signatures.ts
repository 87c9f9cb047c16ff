import { createHash, createHmac } from "node:crypto";
import { addChannel } from "../../support/channels.ts";
import { greenText, metaTexts } from "../../support/bodies.ts";
import { eventually } from "../../support/eventually.ts";
import type { TestSystem } from "../../support/system.ts";
import { claimOf, type Claim } from "./claim.ts";
import { postRaw, type RawHeaders } from "./send-raw.ts";
import { proofs, withSystem, type Stage } from "./stage.ts";

const own = "secret-of-the-channel";
const retired = "secret-that-was-retired";
const neighbour = "secret-of-another-channel";

interface Forgery {
  readonly name: string;
  readonly headers: RawHeaders;
}

/** Every way to be nearly right, on every address; then a genuine body again and again. */
export const measureSignatures = (stage: Stage): Promise<Claim> =>
  withSystem(stage, {}, async (system) => {
    await addOwners(system);
    await retire(system);
    const faults: string[] = [];
    let forgeries = 0;
    let genuine = 0;
    for (const target of targets(system.api.url)) {
      for (const headers of target.genuine) {
        genuine += 1;
        const { status } = await postRaw(target.url, headers, target.body);
        if (status !== 200) faults.push(`genuine at ${target.url}: HTTP ${status}`);
      }
      for (const { name, headers } of target.forgeries) {
        forgeries += 1;
        const { status } = await postRaw(target.url, headers, target.body);
        if (status !== 401) faults.push(`${name} at ${target.url}: HTTP ${status}`);
      }
    }
    const replies = await replay(system);
    if (replies !== 2) faults.push(`${replies} replies to two messages, one of them repeated`);
    return claimOf("hostile-signatures", { forgeries, genuine, replayed, replies }, faults);
  });

async function addOwners({ models }: TestSystem): Promise<void> {
  const whatsapp = { provider: "whatsapp-cloud" };
  await addChannel(models.channels, {
    ...whatsapp,
    _id: "wa-own",
    externalId: "5001",
    secrets: [own, retired],
  });
  await addChannel(models.channels, {
    ...whatsapp,
    _id: "wa-next",
    externalId: "5002",
    secrets: [neighbour],
  });
  await addChannel(models.channels, {
    _id: "green-own",
    externalId: "6001",
    secrets: [own, retired],
  });
  await addChannel(models.channels, {
    _id: "green-next",
    externalId: "6002",
    secrets: [neighbour],
  });
}

/** The retired secret opened the channels until now; from here on it must not. */
async function retire({ api, database }: TestSystem): Promise<void> {
  const body = JSON.stringify(greenText(6001, "79001112233", "hi"));
  const post = async (): Promise<number> =>
    (await postRaw(`${api.url}/webhook`, { "x-webhook-token": retired }, body)).status;
  if ((await post()) !== 200) throw new Error("the secret that is to be retired opens nothing");
  await database
    .collection("channels")
    .updateMany({ "sealedSecrets.1": { $exists: true } }, [
      { $set: { sealedSecrets: { $slice: ["$sealedSecrets", 1] }, updatedAt: new Date() } },
    ]);
  await eventually(async () => {
    if ((await post()) !== 401) throw new Error("the retired secret still opens the channel");
  });
}

interface Target {
  readonly url: string;
  readonly body: string;
  readonly genuine: readonly RawHeaders[];
  readonly forgeries: readonly Forgery[];
}

const meta = (id: string) => JSON.stringify(metaTexts({ phoneNumberId: id, from: "79001112233" }));
const green = (id: number) => JSON.stringify(greenText(id, "79001112233", "hi"));

function targets(url: string): readonly Target[] {
  return [
    signed(`${url}/api/v1/webhooks/whatsapp`, meta("5001"), own),
    signed(`${url}/api/v1/webhooks/whatsapp-cloud/wa-own`, meta("5001"), own),
    signed(`${url}/api/v1/webhooks/whatsapp/wa-own`, meta("5001"), own),
    signed(`${url}/api/v1/webhooks/whatsapp`, meta("100000000000001"), proofs.appSecret),
    tokened(`${url}/webhook`, green(6001), own),
    tokened(`${url}/api/webhooks/greenapi/incoming`, green(6001), own),
    tokened(`${url}/api/v1/webhooks/green-api/green-own`, green(6001), own),
    tokened(`${url}/api/v1/webhooks/greenapi/green-own`, green(6001), own),
    tokened(`${url}/webhook`, green(1_101_999_001), proofs.webhookToken),
    tokened(
      `${url}/processConversation`,
      JSON.stringify({ client_phone: "+79001112233", message: "hi" }),
      proofs.webhookToken,
    ),
  ];
}

/** Header values are bytes: wider letters leave as their UTF-8. */
const bytes = (text: string): string => Buffer.from(text).toString("latin1");
const wide = (text: string): string =>
  bytes(
    text.replaceAll(/[!-~]/g, (letter) =>
      String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
    ),
  );

function signed(url: string, body: string, secret: string): Target {
  const hexOf = (key: string, text = body, hash = "sha256"): string =>
    createHmac(hash, key).update(text).digest("hex");
  const hex = hexOf(secret);
  const right = `sha256=${hex}`;
  const other = secret === own ? proofs.appSecret : own;
  const values: Readonly<Record<string, string | readonly string[]>> = {
    empty: "",
    "the scheme alone": "sha256=",
    "no scheme": hex,
    "another scheme": `sha1=${hex}`,
    "scheme in capitals": `SHA256=${hex}`,
    "scheme with a blank": `sha256 =${hex}`,
    "a blank before the digits": `sha256= ${hex}`,
    "right digits in capitals": `sha256=${hex.toUpperCase()}`,
    "right digits in mixed case": `sha256=${hex.slice(0, 32)}${hex.slice(32).toUpperCase()}`,
    "one digit short": right.slice(0, -1),
    "half of it": right.slice(0, 7 + 32),
    "one byte short": right.slice(0, -2),
    "one digit more": `${right}0`,
    "one byte more": `${right}00`,
    "twice in one": `${right}${hex}`,
    "a list of two": `${right}, ${right}`,
    "wrong first, right second, as a list": `sha256=${"0".repeat(64)}, ${right}`,
    "the header twice": [right, right],
    "the header twice, wrong first": [`sha256=${"0".repeat(64)}`, right],
    "the header twice, wrong second": [right, `sha256=${"0".repeat(64)}`],
    "one digit changed": `sha256=${hex.startsWith("0") ? "1" : "0"}${hex.slice(1)}`,
    "the last digit changed": `${right.slice(0, -1)}${right.endsWith("0") ? "1" : "0"}`,
    "all zeros": `sha256=${"0".repeat(64)}`,
    "letters that are no digits": `sha256=${"g".repeat(64)}`,
    "wide letters": wide(right),
    "wide digits": `sha256=${wide(hex)}`,
    "an invisible letter": bytes(`sha256=\u{200b}${hex}`),
    "a quote": `"${right}"`,
    "base64 of the digest": `sha256=${Buffer.from(hex, "hex").toString("base64")}`,
    "SHA-1 of it": `sha256=${hexOf(secret, body, "sha1")}`,
    "SHA-512 of it": `sha256=${hexOf(secret, body, "sha512")}`,
    "no secret": `sha256=${hexOf("")}`,
    "a hash without a key": `sha256=${createHash("sha256").update(body).digest("hex")}`,
    "the secret with a blank": `sha256=${hexOf(`${secret} `)}`,
    "the secret in capitals": `sha256=${hexOf(secret.toUpperCase())}`,
    "the retired secret": `sha256=${hexOf(retired)}`,
    "another channel's secret": `sha256=${hexOf(neighbour)}`,
    "a secret of another scope": `sha256=${hexOf(other)}`,
    "Green API's token as the key": `sha256=${hexOf(secret === own ? proofs.webhookToken : own)}`,
    "another body's signature": `sha256=${hexOf(secret, `${body} `)}`,
    "the empty body's signature": `sha256=${hexOf(secret, "")}`,
    "the same content written anew": `sha256=${hexOf(secret, JSON.stringify(JSON.parse(body), undefined, 1))}`,
    "10,000 digits": `sha256=${"a".repeat(10_000)}`,
  };
  return {
    url,
    body,
    genuine: [{ "x-hub-signature-256": right }],
    forgeries: [
      { name: "no header", headers: {} },
      {
        name: "the old header alone",
        headers: { "x-hub-signature": `sha1=${hexOf(secret, body, "sha1")}` },
      },
      { name: "another header's name", headers: { "x-hub-signature_256": right } },
      { name: "the secret itself", headers: { authorization: `Bearer ${secret}` } },
      ...Object.entries(values).map(([name, value]) => ({
        name,
        headers: { "x-hub-signature-256": value },
      })),
    ],
  };
}

function tokened(url: string, body: string, secret: string): Target {
  const other = secret === own ? proofs.webhookToken : own;
  const spoilt: readonly (readonly [string, string])[] = [
    ["empty", ""],
    ["one letter short", secret.slice(0, -1)],
    ["without its first letter", secret.slice(1)],
    ["one letter more", `${secret}x`],
    ["twice", secret + secret],
    ["in capitals", secret.toUpperCase()],
    ["first letter in capitals", secret.charAt(0).toUpperCase() + secret.slice(1)],
    ["wide letters", wide(secret)],
    ["an invisible letter", bytes(`${secret}\u{200b}`)],
    ["an accent", bytes(secret.replace("e", "é"))],
    ["a quote", `"${secret}"`],
    ["escaped", encodeURIComponent(secret).replace("-", "%2D")],
    ["base64", Buffer.from(secret).toString("base64")],
    ["as a list", `${secret}, ${secret}`],
    ["a list that ends with it", `x, ${secret}`],
    ["the retired one", retired],
    ["another channel's", neighbour],
    ["one of another scope", other],
    ["a hash of it", createHash("sha256").update(secret).digest("hex")],
    ["undefined", "undefined"],
    ["null", "null"],
    ["10,000 letters", secret.repeat(1000).slice(0, 10_000)],
  ];
  return {
    url,
    body,
    genuine: [
      { authorization: `Bearer ${secret}` },
      { authorization: `Basic ${secret}` },
      { authorization: secret },
      { "x-webhook-token": secret },
    ],
    forgeries: [
      { name: "no header", headers: {} },
      { name: "another scheme", headers: { authorization: `Digest ${secret}` } },
      { name: "a scheme twice", headers: { authorization: `Bearer Bearer ${secret}` } },
      { name: "a scheme alone", headers: { authorization: "Bearer " } },
      { name: "another header", headers: { "x-api-key": secret } },
      { name: "a cookie", headers: { cookie: `token=${secret}` } },
      ...["authorization", "x-webhook-token"].flatMap((header) => [
        { name: `${header} twice`, headers: { [header]: [secret, secret] } },
        { name: `${header} twice, wrong first`, headers: { [header]: ["guess", secret] } },
        { name: `${header} twice, wrong second`, headers: { [header]: [secret, "guess"] } },
      ]),
      ...spoilt.flatMap(([name, value]) => [
        { name: `bearer: ${name}`, headers: { authorization: `Bearer ${value}` } },
        { name: `bare: ${name}`, headers: { authorization: value } },
        { name: `own header: ${name}`, headers: { "x-webhook-token": value } },
      ]),
    ],
  };
}

const replayed = 50;

/** The same genuine bytes again and again: each time 200, one effect; a later message proves the end. */
async function replay({ api, whatsapp }: TestSystem): Promise<number> {
  const from = "447700955555";
  const post = async (body: string): Promise<void> => {
    const headers = { "x-hub-signature-256": whatsapp.sign(body) };
    const { status } = await postRaw(`${api.url}/api/v1/webhooks/whatsapp`, headers, body);
    if (status !== 200) throw new Error(`a replayed body was answered by ${status}`);
  };
  whatsapp.noteInbound(from);
  const genuine = whatsapp.webhookBody({ from, text: "once" });
  for (let times = 0; times < replayed; times++) await post(genuine);
  await post(whatsapp.webhookBody({ from, text: "the last one" }));
  const answers = () => whatsapp.ledger.entries().filter(({ to }) => to === from);
  await eventually(() => {
    if (!answers().some(({ text }) => text.includes("the last one")))
      throw new Error("the last message was not answered");
  }, 30_000);
  return answers().length;
}
