import type { Response } from "express";
import { z } from "zod";
import { hashText } from "#simulators/ledger.ts";
import { Refusal } from "#simulators/refusal.ts";
import { refuseInvalid, refuseQuota, refuseRate, refuseServer } from "./green-error.ts";
import type { GreenApiParts } from "./parts.ts";
import type { ReadSend } from "./read-send.ts";
import { makeMessageId } from "./webhook-body.ts";

interface SendCall {
  readonly parts: GreenApiParts;
  readonly method: string;
  readonly read: (body: unknown) => ReadSend;
  readonly body: unknown;
  readonly response: Response;
}

/** Any send method: 200 means that the message is in the queue, nothing more. */
export async function answerSend(call: SendCall): Promise<void> {
  const { parts, method, body, response } = call;
  const to = peekChat(body);
  if (!(await parts.background.delay(parts.faults.latencyMs(to)))) return;
  if (failsEarly(call, to)) return;

  const send = readOrRefuse(call);
  refuseHugeFile(body);
  const idMessage = makeMessageId();
  const fault = parts.faults.afterAccepting(send.chatId);
  const { chatId, text, buttons } = send;
  await parts.ledger.accept({
    id: idMessage,
    account: parts.config.idInstance,
    correlationId: `${idMessage}|${chatId}|${hashText(text)}`,
    to: chatId,
    type: method,
    text,
    buttons,
    outcome: fault.outcome,
    ...(send.link === undefined ? {} : { link: send.link }),
  });
  parts.queue.push({ idMessage, method, body, send });

  if (fault.outcome === "failed5xx") throw refuseServer(fault.status);
  if (fault.outcome === "dropped") return void response.destroy();
  if (await parts.background.delay(fault.hangMs)) response.json({ idMessage });
}

function peekChat(body: unknown): string | undefined {
  const chat = z.object({ chatId: z.string() }).safeParse(body);
  return chat.success ? chat.data.chatId : undefined;
}

function failsEarly({ parts, method, response }: SendCall, to: string | undefined): boolean {
  const { faults, switches } = parts;
  if (faults.draws(switches.now.answer466, to)) throw refuseQuota(method, String(to));
  const fault = faults.beforeAccepting(to);
  if (fault === undefined) return false;
  if (fault.kind === "rate") throw refuseRate(fault.retryAfterSeconds);
  if (fault.kind === "server") throw refuseServer(fault.status);
  response.destroy();
  return true;
}

function readOrRefuse({ parts, method, read, body }: SendCall): ReadSend {
  try {
    return read(body);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw refuseInvalid(parts.config.idInstance, method, explainIssue(error));
  }
}

export function explainIssue({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.join(".") ?? "";
  const message = issue?.message ?? "invalid body";
  return message.startsWith("'") ? message : `'${field}' ${message}`;
}

/** The file is fetched before anything is queued; `huge.zip` stands for one above 100 MB. */
function refuseHugeFile(body: unknown): void {
  const file = z.object({ urlFile: z.string().regex(/\/huge\.zip$/) }).safeParse(body);
  if (!file.success) return;
  const size = "File from url exceeded max upload size. Size: 120mb Limit: 100mb";
  throw new Refusal(500, { message: `${size} Url: ${file.data.urlFile}` });
}
