import type { GreenApiParts } from "./parts.ts";
import { describeInstance } from "./webhook-body.ts";

type Deps = Pick<GreenApiParts, "config" | "switches" | "instance" | "notifications">;

/** Turning the switch `stateInstance` is seen by the webhook, as a real change would be. */
export function reportStateChanges({ config, switches, instance, notifications }: Deps): void {
  let last = switches.now.stateInstance;
  switches.onChange(() => {
    const { stateInstance } = switches.now;
    if (stateInstance === last) return;
    last = stateInstance;
    if (["expired", "deleted"].includes(stateInstance) || instance.stateWebhook !== "yes") return;
    // An account that is not authorized has no wid.
    const wid = stateInstance === "notAuthorized" ? "" : config.wid;
    void notifications.push({
      typeWebhook: "stateInstanceChanged",
      instanceData: describeInstance({ idInstance: config.idInstance, wid }),
      timestamp: Math.floor(config.now() / 1000),
      stateInstance,
    });
  });
}
