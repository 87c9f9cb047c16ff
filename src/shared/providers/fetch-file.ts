import { HttpFailure, describe } from "#shared/providers/http-failure.ts";
import type { FileAnswer, FileCall, FileHttp } from "#shared/providers/http.ts";

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface FileAsk extends Omit<FileCall, "guarded"> {
  /** The one origin that is called without the guard, where the operator's own settings name it. */
  readonly trusted: string | undefined;
}

/**
 * Gets a file, following redirects: each place on the way goes through the guard for itself, and
 * the headers, which may carry a token, go to the first place's origin alone.
 */
export const fetchFile = async (http: FileHttp, ask: FileAsk): Promise<FileAnswer> => {
  let url = ask.url;
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const answer = await http.fetch(callOf(ask, url));
    const location = answer.headers["location"];
    if (!redirects.has(answer.status) || location === undefined) return answer;
    discard(answer);
    const next = URL.parse(location, url);
    if (next === null) throw failureOf(url, "redirects to no address");
    url = next.href;
  }
  throw failureOf(url, `more than ${mostRedirects} redirects`);
};

/** Leaves an answer unread; undici tells of that by an error, which would end the process. */
export const discard = ({ body }: Pick<FileAnswer, "body">): void => {
  body.once("error", () => undefined).destroy();
};

const failureOf = (url: string, what: string): HttpFailure =>
  new HttpFailure("after", `${describe("GET", new URL(url))}: ${what}`);

const agent = { "user-agent": "Switchboard" };

const callOf = ({ url: first, headers, trusted, signal }: FileAsk, url: string): FileCall => {
  const origin = originOf(url);
  const isTrusted = origin !== undefined && origin === trusted;
  const mayCarry = origin === originOf(first) && (isTrusted || url.startsWith("https:"));
  return { url, headers: { ...agent, ...(mayCarry && headers) }, guarded: !isTrusted, signal };
};

const originOf = (url: string): string | undefined => URL.parse(url)?.origin;
