import { request } from "node:http";

export type RawHeaders = Readonly<Record<string, string | readonly string[]>>;

/** A POST whose headers leave as they are given, also the same one twice. */
export function postRaw(
  url: string,
  headers: RawHeaders,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === "string" ? value : [...value],
    ]),
  );
  return new Promise((resolve, reject) => {
    request(url, { method: "POST", headers: given, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    })
      .on("error", reject)
      .end(body);
  });
}
