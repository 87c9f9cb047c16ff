import { isMark, isSaying, type Command } from "#shared/domain/command.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Outgoing } from "#shared/models/outgoing.ts";
import type { LanePorts } from "#workers/lanes/ports.ts";

export type Gate =
  | { readonly kind: "pass"; readonly command: Command }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "parked"; readonly reason: string };

type GatePorts = Pick<LanePorts, "now" | "lastInboundAt">;

const pausedMs = 15_000;

/** May this leave now? Free-form messages only inside the provider's window; nothing while paused. */
export async function passGate(
  ports: GatePorts,
  outgoing: Outgoing,
  channel: OpenChannel,
  windowMs: number | undefined,
): Promise<Gate> {
  if (channel.paused !== undefined || !channel.active) return { kind: "wait", ms: pausedMs };
  const { command } = outgoing;
  if (await isInsideWindow(ports, outgoing, windowMs)) return { kind: "pass", command };
  const { windowTemplate } = channel;
  // A template would say more than the reaction that it stands for.
  if (windowTemplate === undefined || !isSaying(command))
    return { kind: "parked", reason: windowClosed };
  return { kind: "pass", command: { type: "template", ...windowTemplate } };
}

const windowClosed =
  "The customer's last message is older than 24 hours: WhatsApp takes only a template now. Map one to the channel (channel set --window-template NAME --window-language CODE) or wait until the customer writes.";

/** Templates and marks need no window. The customer may have written since the turn. */
async function isInsideWindow(
  ports: GatePorts,
  { windowUntil, command, conversationId }: Outgoing,
  windowMs: number | undefined,
): Promise<boolean> {
  if (windowUntil === undefined || windowMs === undefined) return true;
  if (command.type === "template" || isMark(command)) return true;
  const now = ports.now();
  if (windowUntil.getTime() > now) return true;
  const last = await ports.lastInboundAt(conversationId);
  return last !== undefined && last.getTime() + windowMs > now;
}
