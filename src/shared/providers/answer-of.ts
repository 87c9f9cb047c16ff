import type { SendOutcome } from "#shared/domain/outcome.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import type { Answer } from "#shared/providers/provider.ts";

interface Question<Done> {
  readonly ask: () => Promise<HttpAnswer>;
  /** Undefined where the answer is none. */
  readonly read: (answer: HttpAnswer) => Done | undefined;
  /** The provider's own reading of its refusals. */
  readonly sort: (answer: HttpAnswer) => SendOutcome;
  /** No reason quotes it. */
  readonly token: string;
  /** Said of an answer that says yes and nothing that can be read. */
  readonly notUnderstood: string;
}

/** Asks a provider one question; whatever comes of the call is an answer. */
export async function answerOf<Done>(question: Question<Done>): Promise<Answer<Done>> {
  const { ask, read, sort, token, notUnderstood } = question;
  const failed = (outcome: SendOutcome): Answer<Done> => {
    const checked = toChecked(outcome);
    return checked.state === "ok" ? { state: "unreached", reason: notUnderstood } : checked;
  };
  try {
    const answer = await ask();
    const done = read(answer);
    return done === undefined ? failed(hideToken(sort(answer), token)) : { state: "ok", done };
  } catch (error) {
    return failed(sortFailure(error));
  }
}
