import type { Request, RequestHandler } from "express";
import { z } from "zod";
import { refuse400, refuseInstance, refuseInvalid, refuseMethod } from "./green-error.ts";
import { refuseRate, refuseToken } from "./green-error.ts";
import { createMethodLimits } from "./method-limits.ts";
import { methods, type Method } from "./methods.ts";
import type { GreenApiParts } from "./parts.ts";
import { sendReaders } from "./read-send.ts";
import { answerSend, explainIssue } from "./send-method.ts";

const sendsPerSecond = 50;

/** `/waInstance{id}/{method}/{token}`: the token is a part of the path. */
export function answerMethod(parts: GreenApiParts): RequestHandler {
  const limits = createMethodLimits(parts.config);
  return async (request, response) => {
    const { method: name, rest } = readPath(parts, request);
    const body: unknown = request.body;
    const read = sendReaders.get(name);
    const method = methods.get(name);
    if (request.method !== (read === undefined ? method?.verb : "POST")) throw refuseMethod();
    refuseByState(parts, method?.always === true);
    if (!limits.allows(name, method?.perSecond ?? sendsPerSecond)) throw refuseRate(null);

    if (read !== undefined) return answerSend({ parts, method: name, read, body, response });
    if (method === undefined) throw refuseMethod();
    if (!(await parts.background.delay(parts.faults.latencyMs()))) return;
    const given = { name, method, body, query: request.query, rest };
    const answer = await runOrRefuse(parts, given);
    if (answer === undefined) response.end();
    else response.json(answer);
  };
}

export function readPath({ config, faults }: GreenApiParts, { params }: Request) {
  if (params["idInstance"] !== config.idInstance) throw refuseInstance();
  if (params["token"] !== config.token || faults.tokenExpired()) throw refuseToken();
  const { rest } = params;
  return { method: String(params["method"]), rest: typeof rest === "string" ? rest : undefined };
}

function refuseByState({ switches }: GreenApiParts, always: boolean): void {
  const { stateInstance } = switches.now;
  if (stateInstance === "deleted") throw refuse400("Instance is deleted");
  if (stateInstance === "expired") {
    throw refuse400("Instance account is expired. Renew your instance from personal area");
  }
  // With a yellow card messages are taken and wait in the queue.
  if (always || stateInstance === "authorized" || stateInstance === "yellowCard") return;
  if (stateInstance === "starting") throw refuse400("instance in starting process try later");
  throw refuse400("instance is starting or not authorized");
}

interface Named {
  readonly name: string;
  readonly method: Method;
  readonly body: unknown;
  readonly query: unknown;
  readonly rest: string | undefined;
}

async function runOrRefuse(parts: GreenApiParts, { name, method, ...call }: Named) {
  try {
    return await method.run(parts, call);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw refuseInvalid(parts.config.idInstance, name, explainIssue(error));
  }
}
