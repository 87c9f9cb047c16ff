import { z } from "zod";
import { doneOf } from "#cli/channels/done-of.ts";
import { withAccount, type OpenAccount } from "#cli/channels/open-account.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError, UsageError } from "#cli/failures.ts";
import { withDatabase } from "#cli/with-database.ts";
import type { Config } from "#shared/config/env.ts";
import { wantedSettingsOf } from "#shared/models/wanted-settings.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import type { Device, SettingFault } from "#shared/providers/provider.ts";

const acts = ["code", "applySettings", "reboot", "clearQueue"] as const;

const schema = z.object({
  code: z.boolean().exactOptional(),
  applySettings: z.boolean().exactOptional(),
  reboot: z.boolean().exactOptional(),
  clearQueue: z.boolean().exactOptional(),
  operands: z.tuple([z.string()], { error: "name one channel by its id" }),
});
type Flags = z.infer<typeof schema>;

interface Told {
  readonly value: object;
  readonly text: string;
}

/** The phone behind a channel: what nobody but a person may do to it. */
export const channelDevice = defineCommand({
  name: "channel device",
  summary: "Shows the linked phone's state and what of its settings is wrong; or does one of these",
  operands: "ID",
  options: {
    code: { help: "print the QR code that links the phone, as a PNG in Base64" },
    "apply-settings": {
      help: "set webhook address and switches right; restarts the instance, up to 5 minutes",
    },
    reboot: { help: "restart the instance" },
    "clear-queue": { help: "forget what waits at the provider to be sent, of all chats" },
  },
  schema,
  run: ({ json, ...flags }) =>
    withDatabase(async (database) => {
      const told = await withAccount(database, flags.operands[0], (opened) =>
        act(opened, flags, database.config),
      );
      return print(json, told.value, told.text);
    }),
});

async function act({ channel, call }: OpenAccount, flags: Flags, config: Config): Promise<Told> {
  const provider = findProvider(channel.provider);
  if (provider?.device === undefined) throw new CommandError(`${channel.provider} drives no phone`);
  const { device } = provider;
  const [chosen, ...more] = acts.filter((name) => flags[name] === true);
  if (more.length > 0)
    throw new UsageError("--code, --apply-settings, --reboot, --clear-queue: one");
  const wanted = wantedSettingsOf(config, provider, channel);
  switch (chosen) {
    case "code":
      return tellCode(doneOf(await device.showCode(call)));
    case "reboot":
      doneOf(await device.reboot(call));
      return { value: { rebooted: true }, text: "The instance restarts." };
    case "clearQueue":
      doneOf(await device.clearQueue(call));
      return { value: { cleared: true }, text: "Nothing waits there any more." };
    case "applySettings": {
      if (wanted.url === undefined)
        throw new CommandError("set PUBLIC_URL, the address under which providers reach the API");
      return tellChanged(doneOf(await device.applySettings(call, wanted)));
    }
    case undefined:
    default: {
      const { state } = doneOf(await device.readState(call));
      const faults = doneOf(await device.checkSettings(call, wanted));
      return { value: { state, settingsFaults: faults }, text: tellState(state, faults) };
    }
  }
}

type Code = Extract<Awaited<ReturnType<Device["showCode"]>>, { state: "ok" }>["done"];

const tellCode = ({ kind, content = "" }: Code): Told => ({
  value: { kind, content },
  text: kind === "code" ? content : `${kind === "linked" ? "It is linked" : "No code"}: ${content}`,
});

const tellChanged = (changed: readonly SettingFault[]): Told => ({
  value: { changed },
  text:
    changed.length === 0
      ? "All settings are right: nothing was written."
      : `${lines(changed)}\nWritten. The instance restarts: this takes up to 5 minutes, and sends wait.`,
});

const tellState = (state: string | null, faults: readonly SettingFault[]): string =>
  [
    `state ${state ?? "none yet"}`,
    faults.length === 0
      ? "all settings are right"
      : `${lines(faults)}\nSet them right with --apply-settings.`,
  ].join("\n");

const lines = (faults: readonly SettingFault[]): string =>
  faults.map(({ name, is, should }) => `${name}: ${is || "empty"}, should be ${should}`).join("\n");
