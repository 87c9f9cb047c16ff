import { z } from "zod";
import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import { readBody } from "#shared/providers/parse-body.ts";
import type {
  Answer,
  Device,
  DeviceCall,
  SettingFault,
  WantedSettings,
} from "#shared/providers/provider.ts";
import { filled } from "#shared/providers/wire-fields.ts";
import { askMethod, type Method } from "./ask.ts";
import { findFaults, toPatch } from "./device-settings.ts";
import { sortAnswer } from "./sort.ts";

const state = z.object({ stateInstance: filled });
const shown = z.object({ type: z.enum(["qrCode", "alreadyLogged", "error"]), message: filled });
const settings = z.record(z.string(), z.unknown());

/** The phone that an instance is linked to: https://green-api.com/en/docs/api/account/ */
export const device: Device = {
  readState: (call) =>
    ask(call, { name: "getStateInstance" }, (body) => state.safeParse(body).data && toState(body)),
  showCode: (call) =>
    ask(call, { name: "qr" }, (body) => {
      const read = shown.safeParse(body).data;
      return read && { kind: codeKinds[read.type], content: read.message };
    }),
  reboot: (call) => ask(call, { name: "reboot" }, isTrue("isReboot")),
  clearQueue: (call) => ask(call, { name: "clearMessagesQueue" }, isTrue("isCleared")),
  checkSettings: (call, wanted) => checkSettings(call, wanted),
  applySettings: async (call, wanted) => {
    const found = await checkSettings(call, wanted);
    if (found.state !== "ok" || found.done.length === 0) return found;
    // It restarts the instance, so that only a difference is written: https://green-api.com/en/docs/api/account/SetSettings/
    const method = { name: "setSettings", json: toPatch(found.done, wanted) };
    const written = await ask(call, method, isTrue("saveSettings"));
    return written.state === "ok" ? found : written;
  },
};

const toState = (body: unknown) => ({ state: state.parse(body).stateInstance ?? null });

const codeKinds = { qrCode: "code", alreadyLogged: "linked", error: "fault" } as const;

const checkSettings = (
  call: DeviceCall,
  wanted: WantedSettings,
): Promise<Answer<readonly SettingFault[]>> =>
  ask(call, { name: "getSettings" }, (body) => {
    const read = settings.safeParse(body).data;
    return read && findFaults(read, wanted);
  });

const isTrue = (field: string) => (body: unknown) =>
  settings.safeParse(body).data?.[field] === true ? {} : undefined;

/** Green API's refusals in its own words, without our token. */
async function ask<Done>(
  call: DeviceCall,
  method: Method,
  read: (body: unknown) => Done | undefined,
): Promise<Answer<Done>> {
  try {
    const answer = await askMethod(call, method);
    const done = answer.status === 200 ? read(readBody(answer.body)) : undefined;
    if (done !== undefined) return { state: "ok", done };
    const checked = toChecked(hideToken(sortAnswer(answer), call.account.token));
    return checked.state === "ok" ? notUnderstood : checked;
  } catch (error) {
    const checked = toChecked(sortFailure(error));
    return checked.state === "ok" ? notUnderstood : checked;
  }
}

const notUnderstood = {
  state: "unreached",
  reason: "Green API's answer was not understood",
} as const;
