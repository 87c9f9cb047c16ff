import { z } from "zod";
import type {
  Answer,
  Device,
  DeviceCall,
  SettingFault,
  WantedSettings,
} from "#shared/providers/provider.ts";
import { filled } from "#shared/providers/wire-fields.ts";
import { askFor } from "./ask-for.ts";
import { findFaults, toPatch } from "./device-settings.ts";

const state = z.object({ stateInstance: filled });
const shown = z.object({ type: z.enum(["qrCode", "alreadyLogged", "error"]), message: filled });
const settings = z.record(z.string(), z.unknown());

/** The phone that an instance is linked to: https://green-api.com/en/docs/api/account/ */
export const device: Device = {
  readState: (call) =>
    askFor(call, { name: "getStateInstance" }, (body) => {
      const read = state.safeParse(body).data;
      return read && { state: read.stateInstance ?? null };
    }),
  showCode: (call) =>
    askFor(call, { name: "qr" }, (body) => {
      const read = shown.safeParse(body).data;
      return read && { kind: codeKinds[read.type], content: read.message };
    }),
  reboot: (call) => askFor(call, { name: "reboot" }, isTrue("isReboot")),
  clearQueue: (call) => askFor(call, { name: "clearMessagesQueue" }, isTrue("isCleared")),
  checkSettings: (call, wanted) => checkSettings(call, wanted),
  applySettings: async (call, wanted) => {
    const found = await checkSettings(call, wanted);
    if (found.state !== "ok" || found.done.length === 0) return found;
    // It restarts the instance, so that only a difference is written: https://green-api.com/en/docs/api/account/SetSettings/
    const method = { name: "setSettings", json: toPatch(found.done, wanted) };
    const written = await askFor(call, method, isTrue("saveSettings"));
    return written.state === "ok" ? found : written;
  },
};

const codeKinds = { qrCode: "code", alreadyLogged: "linked", error: "fault" } as const;

const checkSettings = (
  call: DeviceCall,
  wanted: WantedSettings,
): Promise<Answer<readonly SettingFault[]>> =>
  askFor(call, { name: "getSettings" }, (body) => {
    const read = settings.safeParse(body).data;
    return read && findFaults(read, wanted);
  });

const isTrue = (field: string) => (body: unknown) =>
  settings.safeParse(body).data?.[field] === true ? {} : undefined;
