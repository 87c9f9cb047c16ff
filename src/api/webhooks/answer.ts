import type { Request, Response } from "express";
import { detailOf } from "#api/http/errors.ts";
import { notesOf } from "#api/http/request-notes.ts";
import type { Lifecycle } from "#api/lifecycle.ts";
import type { ApiMetrics } from "#api/ops/api-metrics.ts";
import type { Acceptance } from "#api/webhooks/accept.ts";
import type { ProviderAnswers } from "#api/webhooks/provider-answers.ts";
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
export function answerOf(acceptance: Acceptance, { answer, faults }: ProviderAnswers): Answer {
  const { outcome, channelIds } = acceptance;
  if (acceptance.outcome === "refused") {
    const { status } = acceptance;
    return { outcome, channelIds, status, body: detailOf(status) };
  }
  if (acceptance.outcome === "invalid") {
    const body = faults?.invalid(acceptance.faults) ?? detailOf(400);
    return { outcome, channelIds, status: 400, body };
  }
  const entity = acceptance.outcome === "unclaimed" ? undefined : acceptance.entity;
  return { outcome, channelIds, status: 200, body: entity ?? answer };
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
  readonly faults?: ProviderAnswers["faults"];
}

/** Runs what accepts a request and answers for it; 503 when nothing could keep the body. */
export async function answerWith(
  deps: AnswerDeps,
  { request, response, provider, faults }: Exchange,
  run: () => Promise<Answer>,
): Promise<void> {
  const notes = notesOf(request);
  const answer = await run().catch((error: unknown) =>
    sendAway(deps, { requestId: notes.id, error, faults }),
  );
  notes.outcome = answer.outcome;
  notes.channelIds = answer.channelIds;
  deps.metrics.countWebhook(provider, answer.outcome);
  if (answer.status === 503) response.set("Retry-After", retryAfterS);
  response.status(answer.status).json(answer.body);
}

const retryAfterS = "5";

interface Failure extends Pick<Exchange, "faults"> {
  readonly requestId: string;
  readonly error: unknown;
}

/** An outage is told once, by the line of the request; anything else is a surprise. */
function sendAway({ log, lifecycle }: AnswerDeps, failure: Failure): Answer {
  const { requestId, error, faults } = failure;
  lifecycle.noteRefused(new Date());
  const isAway = error instanceof NowhereToStore || error instanceof TooLate || isOutage(error);
  log[isAway ? "debug" : "error"]({ event: "webhook.failed", requestId, err: error });
  // A provider repeats after either; 500 only where its documents say so.
  const status = isAway || faults === undefined ? 503 : 500;
  const body = faults?.failed(status) ?? detailOf(status);
  return { outcome: "away", channelIds: [], status, body };
}
