import { webhookPathsOf } from "#shared/models/webhook-paths.ts";
import { botIdsOf, type Channel } from "#shared/models/channels.ts";
import { compact } from "#shared/providers/compact.ts";

/** A channel for the screen: of tokens and secrets only whether they are set. */
export function describeChannel(channel: Channel) {
  const { _id, tenantId, sealedToken, sealedSecrets, defaultOf, allowFrom, paused } = channel;
  return compact({
    id: _id,
    tenant: tenantId,
    provider: channel.provider,
    name: channel.name,
    externalId: channel.externalId,
    phone: channel.phone,
    wabaId: channel.wabaId,
    signIn: channel.signIn,
    answersCrm: channel.answersCrm,
    key: channel.key,
    active: channel.active,
    paused: paused && { code: paused.code, reason: paused.reason, at: paused.at.toISOString() },
    token: sealedToken === undefined ? "not set" : "set",
    secrets: sealedSecrets.length === 0 ? "not set" : "set",
    open: channel.open,
    default: defaultOf !== undefined,
    allowFrom: allowFrom.length === 0 ? undefined : [...allowFrom],
    bot: channel.botId,
    bots: channel.botIds && [...channel.botIds],
    apiUrl: channel.apiUrl,
    delivery: channel.delivery,
    pollEveryMs: channel.pollEveryMs,
    pollPaths: channel.pollPaths && [...channel.pollPaths],
    pollHeader: channel.pollHeader,
    pollItems: channel.pollItems,
    holdMs: channel.holdMs,
    perSecond: channel.perSecond,
    pairIntervalMs: channel.pairIntervalMs,
    pairBurst: channel.pairBurst,
    unknownPolicy: channel.unknownPolicy,
    windowTemplate: channel.windowTemplate && {
      name: channel.windowTemplate.name,
      language: channel.windowTemplate.language,
    },
    webhookPaths: webhookPathsOf(channel),
  });
}

/** The same in a few lines. */
export function tellChannel(channel: Channel): string {
  const told = describeChannel(channel);
  const facts = [
    told.active ? "active" : "inactive",
    ...(told.paused === undefined ? [] : [`paused (${told.paused.reason})`]),
    ...(told.delivery === "polling" ? ["fetched by polling"] : []),
    ...(told.default ? ["default of its routes"] : []),
    ...(told.open === undefined ? [] : [`open to ${told.open}`]),
    `token ${told.token}`,
    `secrets ${told.secrets}`,
    botIdsOf(channel).length === 0 ? "no bot" : `bot ${botIdsOf(channel).join(", ")}`,
  ];
  return [
    `${told.id}  ${told.provider}  ${told.name}  (account ${told.externalId}, tenant ${told.tenant})`,
    `  ${facts.join(", ")}`,
    ...told.webhookPaths.map((path) => `  webhook ${path}`),
  ].join("\n");
}
