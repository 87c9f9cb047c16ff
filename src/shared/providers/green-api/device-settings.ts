import { z } from "zod";
import { filled } from "#shared/providers/wire-fields.ts";
import type { SettingFault, WantedSettings } from "#shared/providers/provider.ts";

/** What must be reported: without one of them messages, receipts or states never come. */
const switches = [
  "incomingWebhook",
  "outgoingWebhook",
  "outgoingMessageWebhook",
  "outgoingAPIMessageWebhook",
  "stateWebhook",
  "pollMessageWebhook",
  "incomingCallWebhook",
  "editedMessageWebhook",
  "deletedMessageWebhook",
] as const;

const addresses = z.object({ webhookUrl: filled, webhookUrlToken: filled });

/** What of an instance's settings is not as wanted; secrets are never told. */
export const findFaults = (
  settings: Readonly<Record<string, unknown>>,
  wanted: WantedSettings,
): readonly SettingFault[] => {
  const { webhookUrl, webhookUrlToken } = addresses.parse(settings);
  return [
    ...(wanted.isOurs(webhookUrl ?? "")
      ? []
      : [{ name: "webhookUrl", is: webhookUrl ?? "", should: shouldBe(wanted) }]),
    ...(wanted.secret === undefined || webhookUrlToken === wanted.secret
      ? []
      : [{ name: "webhookUrlToken", is: tell(webhookUrlToken), should: "the channel's secret" }]),
    ...switches
      .filter((name) => settings[name] !== "yes")
      .map((name) => ({ name, is: settings[name] === "no" ? "no" : "not set", should: "yes" })),
  ];
};

const shouldBe = ({ url, path }: WantedSettings): string => (url ?? path) || "empty";

const tell = (token: string | undefined): string =>
  token === undefined ? "not set" : "another one";

/** The differences as `setSettings` takes them. */
export const toPatch = (
  faults: readonly SettingFault[],
  { url, secret }: WantedSettings,
): Readonly<Record<string, unknown>> => {
  const values = new Map<string, string | undefined>([
    ["webhookUrl", url],
    ["webhookUrlToken", secret],
  ]);
  return Object.fromEntries(faults.map(({ name }) => [name, values.get(name) ?? "yes"]));
};
