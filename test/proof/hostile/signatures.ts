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
  /** In the place of the target's own. */
  readonly body?: string;
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
      const { body: usual, refusal = 401 } = target;
      for (const { headers, body = usual } of target.genuine) {
        genuine += 1;
        const { status } = await postRaw(target.url, headers, body);
        if (status !== 200) faults.push(`genuine at ${target.url}: HTTP ${status}`);
      }
      for (const { name, headers, body = usual } of target.forgeries) {
        forgeries += 1;
        const { status } = await postRaw(target.url, headers, body);
        if (status !== refusal) faults.push(`${name} at ${target.url}: HTTP ${status}`);
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
  for (const provider of ["wazzup24", "chatrace"]) {
    const owned = { provider, secrets: [own, retired] };
    await addChannel(models.channels, { ...owned, _id: `${provider}-own`, externalId: "7001" });
    const next = { provider, secrets: [neighbour] };
    await addChannel(models.channels, { ...next, _id: `${provider}-next`, externalId: "7002" });
    const far = { ...owned, _id: `${provider}-far`, externalId: "7003" };
    await addChannel(models.channels, { ...far, allowFrom: ["203.0.113.0/24"] });
  }
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
  readonly genuine: readonly Omit<Forgery, "name">[];
  readonly forgeries: readonly Forgery[];
  /** What every forgery is answered. */
  readonly refusal?: number;
}

const meta = (id: string) => JSON.stringify(metaTexts({ phoneNumberId: id, from: "79001112233" }));
const green = (id: number) => JSON.stringify(greenText(id, "79001112233", "hi"));
const wazzup = (channelId: string) =>
  JSON.stringify({
    messages: [{ messageId: "1", channelId, chatType: "whatsapp", chatId: "79001112233" }],
  });
const chatrace = (id: string) =>
  JSON.stringify({ contact_id: "2850000000000000001", account_id: id, text: "hi" });

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
    bearered(`${url}/api/webhooks/wazzup24`, wazzup("7001"), own),
    bearered(`${url}/api/v1/webhooks/wazzup24/wazzup24-own`, wazzup("7001"), own),
    bearered(`${url}/api/webhooks/wazzup24`, wazzup(demoWazzup), proofs.crmKey),
    documented(`${url}/api/v1/webhooks/wazzup24/wazzup24-own`, own),
    documented(`${url}/api/webhooks/wazzup24`, proofs.crmKey),
    headed(`${url}/instagram/webhook`, chatrace("7001"), own),
    headed(`${url}/api/v1/webhooks/chatrace/chatrace-own`, chatrace("7001"), own),
    headed(`${url}/instagram/webhook`, chatrace("1543000"), proofs.webhookToken),
    fromAfar(`${url}/api/webhooks/wazzup24`, wazzup("7003"), { authorization: `Bearer ${own}` }),
    fromAfar(`${url}/instagram/webhook`, chatrace("7003"), { "x-webhook-secret": own }),
  ];
}

const demoWazzup = "11111111-1111-4111-8111-111111111111";

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
    genuine: [{ headers: { "x-hub-signature-256": right } }],
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

/** What is nearly the secret. */
function spoil(secret: string): readonly (readonly [string, string])[] {
  const other = secret === own ? proofs.webhookToken : own;
  return [
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
}

/** Where no provider looks for a secret. */
const astray = (secret: string): readonly Forgery[] => [
  { name: "no header", headers: {} },
  { name: "another scheme", headers: { authorization: `Digest ${secret}` } },
  { name: "a scheme twice", headers: { authorization: `Bearer Bearer ${secret}` } },
  { name: "a scheme alone", headers: { authorization: "Bearer " } },
  { name: "another header", headers: { "x-api-key": secret } },
  { name: "a cookie", headers: { cookie: `token=${secret}` } },
];

const twice = (header: string, right: string): readonly Forgery[] => [
  { name: `${header} twice`, headers: { [header]: [right, right] } },
  { name: `${header} twice, wrong first`, headers: { [header]: ["guess", right] } },
  { name: `${header} twice, wrong second`, headers: { [header]: [right, "guess"] } },
];

/** Green API: a token of its own or in `Authorization`. */
function tokened(url: string, body: string, secret: string): Target {
  return {
    url,
    body,
    genuine: [
      { headers: { authorization: `Bearer ${secret}` } },
      { headers: { authorization: `Basic ${secret}` } },
      { headers: { authorization: secret } },
      { headers: { "x-webhook-token": secret } },
    ],
    forgeries: [
      ...astray(secret),
      ...["authorization", "x-webhook-token"].flatMap((header) => twice(header, secret)),
      ...spoil(secret).flatMap(([name, value]) => [
        { name: `bearer: ${name}`, headers: { authorization: `Bearer ${value}` } },
        { name: `bare: ${name}`, headers: { authorization: value } },
        { name: `own header: ${name}`, headers: { "x-webhook-token": value } },
      ]),
    ],
  };
}

/** Wazzup24: the account's key, or what stands in the address as it was set. */
function bearered(url: string, body: string, secret: string): Target {
  const right = `Bearer ${secret}`;
  return {
    url,
    body,
    genuine: [{ headers: { authorization: right } }],
    forgeries: [
      ...astray(secret),
      { name: "bare", headers: { authorization: secret } },
      { name: "basic", headers: { authorization: `Basic ${secret}` } },
      { name: "Green API's header", headers: { "x-webhook-token": secret } },
      { name: "Chatrace's header", headers: { "x-webhook-secret": secret } },
      ...twice("authorization", right),
      ...spoil(secret).map(([name, value]) => ({
        name: `bearer: ${name}`,
        headers: { authorization: `Bearer ${value}` },
      })),
    ],
  };
}

/** Wazzup24's documented form: `signature` over the bytes of `data` as they stand. */
function documented(url: string, secret: string): Target {
  const data = '{"id": "1", "chatId":"79001112233" ,"text":"hi"}';
  const other = '{"id":"1","chatId":"79001112233","text":"something else"}';
  const event = '"event":"message"';
  const hexOf = (key: string, text = data, hash = "sha256"): string =>
    createHmac(hash, key).update(text).digest("hex");
  const hex = hexOf(secret);
  const signedBy = (signature: unknown): string =>
    `{${event},"data":${data},"signature":${JSON.stringify(signature)}}`;
  const values: Readonly<Record<string, unknown>> = {
    empty: "",
    "the scheme alone": "sha256=",
    "another scheme": `sha1=${hex}`,
    "one digit short": hex.slice(1),
    "one digit more": `${hex}0`,
    "twice in one": hex + hex,
    "one digit changed": `${hex.startsWith("0") ? "1" : "0"}${hex.slice(1)}`,
    "all zeros": "0".repeat(64),
    "letters that are no digits": "g".repeat(64),
    "wide digits": wide(hex),
    "base64 of the digest": Buffer.from(hex, "hex").toString("base64"),
    "a list": [hex],
    "an object": { sha256: hex },
    null: null,
    true: true,
    "SHA-1 of it": hexOf(secret, data, "sha1"),
    "SHA-512 of it": hexOf(secret, data, "sha512"),
    "no secret": hexOf(""),
    "a hash without a key": createHash("sha256").update(data).digest("hex"),
    "the retired secret": hexOf(retired),
    "another channel's secret": hexOf(neighbour),
    "a secret of another scope": hexOf(secret === own ? proofs.crmKey : own),
    "other data's signature": hexOf(secret, other),
    "the same data written anew": hexOf(secret, JSON.stringify(JSON.parse(data))),
    "data and what stands around it": hexOf(secret, ` ${data}`),
    "the whole body's": hexOf(secret, `{${event},"data":${data}}`),
  };
  const bodies: Readonly<Record<string, string>> = {
    "no signature": `{${event},"data":${data}}`,
    "the right one, then a wrong one": `{${event},"data":${data},"signature":"${hex}","signature":"${"0".repeat(64)}"}`,
    "a wrong one, then the right one": `{${event},"data":${data},"signature":"${"0".repeat(64)}","signature":"${hex}"}`,
    "other data after what is signed": `{${event},"data":${data},"signature":"${hex}","data":${other}}`,
    "other data before what is signed": `{${event},"data":${other},"data":${data},"signature":"${hex}"}`,
    "other data under an escaped name": String.raw`{${event},"data":${data},"signature":"${hex}","dat\u0061":${other}}`,
    "what is signed inside of something else": `{${event},"data":${other},"was":{"data":${data},"signature":"${hex}"}}`,
    "what is signed within a text": `{${event},"x":${JSON.stringify(`"data":${data}`)},"data":${other},"signature":"${hex}"}`,
    "the signature inside of the data": `{${event},"data":{"chatId":"79001112233","signature":"${hex}"}}`,
    "data that was cut": `{${event},"data":${data.slice(0, -1)},"signature":"${hex}"}`,
    "a list around it": `[${signedBy(hex)}]`,
  };
  return {
    url,
    body: "",
    genuine: [hex, `sha256=${hex}`].map((signature) => ({
      headers: {},
      body: signedBy(signature),
    })),
    forgeries: [
      ...Object.entries(values).map(([name, value]) => ({
        name: `signature: ${name}`,
        headers: {},
        body: signedBy(value),
      })),
      ...Object.entries(bodies).map(([name, body]) => ({ name, headers: {}, body })),
      {
        name: "the signature as a header",
        headers: { "x-hub-signature-256": `sha256=${hex}` },
        body: `{${event},"data":${data}}`,
      },
    ],
  };
}

/** Chatrace signs nothing: a header of its own that the account's owner wrote. */
function headed(url: string, body: string, secret: string): Target {
  const header = "x-webhook-secret";
  return {
    url,
    body,
    genuine: [{ headers: { [header]: secret } }],
    forgeries: [
      ...astray(secret),
      { name: "a bearer", headers: { authorization: `Bearer ${secret}` } },
      { name: "Green API's header", headers: { "x-webhook-token": secret } },
      { name: "Meta's header", headers: { "x-hub-signature-256": secret } },
      { name: "with a scheme", headers: { [header]: `Bearer ${secret}` } },
      ...twice(header, secret),
      ...spoil(secret).map(([name, value]) => ({ name, headers: { [header]: value } })),
    ],
  };
}

/** The right secret from an address that the channel's list does not have, whatever the caller says of it. */
function fromAfar(url: string, body: string, right: RawHeaders): Target {
  const listed = "203.0.113.7";
  const claims: readonly RawHeaders[] = [
    {},
    { "x-forwarded-for": listed },
    { "x-forwarded-for": `${listed}, 127.0.0.1` },
    { "x-real-ip": listed },
    { forwarded: `for=${listed}` },
    { "cf-connecting-ip": listed },
    { "x-client-ip": listed },
  ];
  return {
    url,
    body,
    genuine: [],
    refusal: 403,
    forgeries: claims.map((claimed) => ({
      name: `from elsewhere, with ${Object.keys(claimed).join() || "nothing"}`,
      headers: { ...right, ...claimed },
    })),
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
