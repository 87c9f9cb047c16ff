import { collectParts, type Glimpse } from "#shared/providers/collect-parts.ts";
import type { PeekedPart } from "#shared/providers/provider.ts";
import { buildDirectory } from "./directory.ts";
import { findCaller, findChat, findEchoChat } from "./identify.ts";
import { readChanges, type Change } from "./wire.ts";

/** Which accounts and conversations a body speaks of. */
export const peek = (body: unknown): readonly PeekedPart[] =>
  collectParts((readChanges(body) ?? []).flatMap(glimpseChange));

const glimpseChange = ({ account, business, value }: Change): readonly Glimpse[] => {
  const findContact = buildDirectory(value);
  const peers = [
    ...value.messages.map((message) =>
      message === null ? undefined : findChat(message, findContact),
    ),
    ...value.message_echoes.map((echo) => (echo === null ? undefined : findEchoChat(echo))),
    ...value.calls.map((call) => (call === null ? undefined : findCaller(call, value))),
    ...value.statuses.map(() => undefined),
    ...value.errors.map(() => undefined),
    ...value.history.flatMap((past) => [
      ...(past?.threads ?? []).map((thread) => thread?.id),
      ...(past?.errors ?? []).map(() => undefined),
    ]),
  ];
  if (peers.length === 0) return [{ account, business, peer: undefined }];
  return peers.map((peer) => ({ account, business, peer }));
};
