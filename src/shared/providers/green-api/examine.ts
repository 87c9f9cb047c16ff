import { z } from "zod";
import type { Finding } from "#shared/domain/finding.ts";
import { askChecked, failedFinding, type Asked } from "#shared/providers/ask-checked.ts";
import { clockFinding } from "#shared/providers/clock-finding.ts";
import type { HttpAnswer } from "#shared/providers/http.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type { ExamineCall, SettingFault } from "#shared/providers/provider.ts";
import { filled } from "#shared/providers/wire-fields.ts";
import { askMethod } from "./ask.ts";
import { findFaults } from "./device-settings.ts";
import { sortAnswer } from "./sort.ts";

const instance = z.object({ stateInstance: filled });
const settings = z.looseObject({
  delaySendMessagesMilliseconds: z.number().optional().catch(undefined),
});

/** State and settings, as Green API tells them: https://green-api.com/en/docs/api/account/ */
export async function examine(call: ExamineCall): Promise<readonly Finding[]> {
  const asked = await ask(call, "getStateInstance");
  if (!("answer" in asked)) return [failedFinding("Green API", asked)];
  return [
    { check: "token", state: "ok", says: "Green API takes the token." },
    stateFinding(asked.answer),
    ...clockFinding(asked.answer.headers["date"], call.now),
    ...settingsFindings(call, await ask(call, "getSettings")),
  ];
}

const ask = (call: ExamineCall, name: string): Promise<Asked> =>
  askChecked(call, { ask: () => askMethod(call, { name }), sort: sortAnswer });

interface State {
  readonly state: "warn" | "fail";
  readonly fix: string;
}

const scan: State = { state: "fail", fix: "Scan the QR code: channel device ID --code" };

// https://green-api.com/en/docs/api/account/GetStateInstance/
const states: ReadonlyMap<string, State> = new Map<string, State>([
  ["notAuthorized", scan],
  ["blocked", { state: "fail", fix: "WhatsApp has banned the number: link another one." }],
  ["suspended", { state: "fail", fix: "Green API has suspended the instance: see its console." }],
  ["yellowCard", { state: "fail", fix: "channel device ID --reboot, then send less and slower" }],
  ["starting", { state: "warn", fix: "Look again in five minutes." }],
  ["sleepMode", { state: "warn", fix: "Switch the phone on and open WhatsApp there." }],
]);

function stateFinding({ body }: HttpAnswer): Finding {
  const check = "state";
  const word = instance.safeParse(readBody(body)).data?.stateInstance;
  if (word === "authorized") return { check, state: "ok", says: "The instance is authorized." };
  const { state, fix } = states.get(word ?? "") ?? scan;
  return { check, state, says: `The instance is ${word ?? "in no known state"}.`, fix };
}

function settingsFindings(call: ExamineCall, asked: Asked): readonly Finding[] {
  const check = "settings";
  if (!("answer" in asked)) return [failedFinding("Green API", asked, check)];
  const read = settings.safeParse(readBody(asked.answer.body)).data;
  if (read === undefined)
    return [{ check, state: "warn", says: "Green API's answer on its settings is none." }];
  const { delaySendMessagesMilliseconds: delayMs } = read;
  return [
    faultsFinding(findFaults(read, call.wanted)),
    ...(delayMs === undefined ? [] : [delayFinding(delayMs)]),
  ];
}

/** Without these no message comes at all. */
const vital: ReadonlySet<string> = new Set(["webhookUrl", "webhookUrlToken", "incomingWebhook"]);

function faultsFinding(faults: readonly SettingFault[]): Finding {
  const check = "settings";
  if (faults.length === 0) return { check, state: "ok", says: "Its settings are right." };
  const told = faults.map(
    ({ name, is, should }) => `${name} is ${is || "empty"} and should be ${should}`,
  );
  return {
    check,
    state: faults.some(({ name }) => vital.has(name)) ? "fail" : "warn",
    says: `${told.join("; ")}.`,
    fix: "channel device ID --apply-settings (the instance restarts, up to 5 minutes)",
  };
}

const slowMs = 15_000;

/** What leaves waits in the instance's own queue: https://green-api.com/en/docs/api/account/SetSettings/ */
function delayFinding(delayMs: number): Finding {
  const check = "delay";
  const says = `The instance lets one message leave every ${delayMs} ms.`;
  if (delayMs <= slowMs) return { check, state: "ok", says };
  const fix = "Lower delaySendMessagesMilliseconds in Green API's console: replies come late.";
  return { check, state: "warn", says, fix };
}
