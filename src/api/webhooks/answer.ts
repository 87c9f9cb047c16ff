import type { Request, Response } from "express";
import { detailOf } from "#api/http/errors.ts";
import { notesOf } from "#api/http/request-notes.ts";
import type { Lifecycle } from "#api/lifecycle.ts";
import type { ApiMetrics } from "#api/ops/api-metrics.ts";
import type { Acceptance } from "#api/webhooks/accept.ts";
import { NowhereToStore } from "#api/webhooks/store.ts";
import { TooLate } from "#api/within.ts";
import { isOutage } from "#shared/models/outage.ts";
import type { Log } from "#shared/runtime/log.ts";

/** What the caller gets, and what the log and the metrics say of it. */
export interface Answer {
  readonly outcome: string;
  readonly channelIds: readonly string[];
  readonly status: number;
  readonly body: object;
}

/** The provider's own success body, or the refusal. */
export function answerOf(acceptance: Acceptance, success: object): Answer {
  const { outcome, channelIds } = acceptance;
  if (acceptance.outcome !== "refused") return { outcome, channelIds, status: 200, body: success };
  const { status } = acceptance;
  return { outcome, channelIds, status, body: detailOf(status) };
}

export interface AnswerDeps {
  readonly log: Log;
  readonly lifecycle: Lifecycle;
  readonly metrics: ApiMetrics;
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly provider: string;
}

/** Runs what accepts a request and answers for it; 503 when nothing could keep the body. */
export async function answerWith(
  deps: AnswerDeps,
  { request, response, provider }: Exchange,
  run: () => Promise<Answer>,
): Promise<void> {
  const notes = notesOf(request);
  const answer = await run().catch((error: unknown) => sendAway(deps, notes.id, error));
  notes.outcome = answer.outcome;
  notes.channelIds = answer.channelIds;
  deps.metrics.countWebhook(provider, answer.outcome);
  if (answer.status === 503) response.set("Retry-After", retryAfterS);
  response.status(answer.status).json(answer.body);
}

const retryAfterS = "5";

/** An outage is told once, by the line of the request; anything else is a surprise. */
function sendAway({ log, lifecycle }: AnswerDeps, requestId: string, error: unknown): Answer {
  lifecycle.noteRefused(new Date());
  const isAway = error instanceof NowhereToStore || error instanceof TooLate || isOutage(error);
  log[isAway ? "debug" : "error"]({ event: "webhook.failed", requestId, err: error });
  return { outcome: "away", channelIds: [], status: 503, body: detailOf(503) };
}
