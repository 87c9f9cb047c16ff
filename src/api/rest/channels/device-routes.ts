import { z } from "zod";
import { doneOf } from "#api/rest/channels/done-of.ts";
import { findChannel } from "#api/rest/channels/save-channel.ts";
import { byId, done, ok } from "#api/rest/fields.ts";
import { Problem } from "#api/rest/problem.ts";
import { defineRoute, type Call } from "#api/rest/route.ts";
import { accountOf } from "#shared/config/api-url.ts";
import { wantedSettingsOf } from "#shared/models/wanted-settings.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import type { Device, DeviceCall, WantedSettings } from "#shared/providers/provider.ts";

const tag = "Devices";
const path = "/api/v1/channels/{id}/device";

const faultsSchema = z.array(
  z
    .object({ name: z.string(), is: z.string(), should: z.string() })
    .meta({ id: "SettingFault", description: "Of secrets it says only whether they are right" }),
);

interface Opened {
  readonly device: Device;
  readonly of: DeviceCall;
  readonly wanted: WantedSettings;
}

/** The phone behind a channel, ready for a call. */
async function openDevice(call: Call<unknown>, id: string): Promise<Opened> {
  const { api } = call;
  const { _id } = await findChannel(call, id);
  await api.directory.refresh();
  const channel = await api.directory.byId(_id);
  const provider = channel && findProvider(channel.provider);
  if (channel === undefined || provider?.device === undefined)
    throw new Problem(409, "This channel's provider drives no phone");
  const signal = AbortSignal.timeout(api.config.SEND_TIMEOUT_MS);
  const of = { http: api.http, account: accountOf(channel, api.config), signal };
  return { device: provider.device, of, wanted: wantedSettingsOf(api.config, provider, channel) };
}

const restarts =
  "The instance restarts: for up to 5 minutes it may answer that it is starting, and sends wait";

export const deviceRoutes = [
  defineRoute({
    id: "show_device",
    method: "get",
    path,
    tag,
    summary: "The linked phone's state, and what of its settings is not as it should be",
    access: "channels:read",
    input: z.object({ params: byId }),
    answer: z.object({
      state: z.string().nullable().meta({ description: "The provider's word: authorized …" }),
      settings_faults: faultsSchema,
    }),
    run: async (call) => {
      const { device, of, wanted } = await openDevice(call, call.input.params.id);
      const { state } = doneOf(await device.readState(of));
      const faults = doneOf(await device.checkSettings(of, wanted));
      return { state, settings_faults: faults.map((fault) => ({ ...fault })) };
    },
  }),
  defineRoute({
    id: "show_device_code",
    method: "get",
    path: `${path}/code`,
    tag,
    summary: "The QR code that links the phone; it holds for 20 seconds",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: z.object({
      kind: z.enum(["code", "linked", "fault"]),
      content: z.string().nullable().meta({
        description: "Of a code the picture: PNG in Base64; else the provider's words",
      }),
    }),
    run: async (call) => {
      const { device, of } = await openDevice(call, call.input.params.id);
      const { kind, content } = doneOf(await device.showCode(of));
      return { kind, content: content ?? null };
    },
  }),
  defineRoute({
    id: "reboot_device",
    method: "post",
    path: `${path}/reboot`,
    tag,
    summary: "Restarts the instance; after a yellow card it must be",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const { device, of } = await openDevice(call, call.input.params.id);
      doneOf(await device.reboot(of));
      return ok;
    },
  }),
  defineRoute({
    id: "clear_device_queue",
    method: "post",
    path: `${path}/clear-queue`,
    tag,
    summary: "Forgets what waits at the provider to be sent, of all chats",
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: done,
    run: async (call) => {
      const { device, of } = await openDevice(call, call.input.params.id);
      doneOf(await device.clearQueue(of));
      return ok;
    },
  }),
  defineRoute({
    id: "apply_device_settings",
    method: "post",
    path: `${path}/settings`,
    tag,
    summary: `Sets the webhook address and switches right, where they are not. ${restarts}`,
    access: "channels:write",
    input: z.object({ params: byId }),
    answer: z.object({ changed: faultsSchema, note: z.string().nullable() }),
    run: async (call) => {
      const { device, of, wanted } = await openDevice(call, call.input.params.id);
      if (wanted.url === undefined)
        throw new Problem(409, "Set PUBLIC_URL, the address under which providers reach this API");
      const changed = doneOf(await device.applySettings(of, wanted));
      const note = changed.length === 0 ? null : restarts;
      return { changed: changed.map((fault) => ({ ...fault })), note };
    },
  }),
];
