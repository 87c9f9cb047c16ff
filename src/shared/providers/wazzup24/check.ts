import { hideToken, sortFailure, toChecked } from "#shared/providers/outcomes.ts";
import type { Checked } from "#shared/providers/provider.ts";
import type { Caller } from "./ask.ts";
import { findChannel } from "./channels.ts";

/** Looks the channel up in the account: https://wazzup24.com/help/api-en/working-with-channels/ */
export const check = async (call: Caller): Promise<Checked> => {
  try {
    const found = await findChannel(call);
    if ("refused" in found) return toChecked(hideToken(found.refused, call.account.token));
    const accountState = found.channel.state ?? "unknown";
    if (accountState === "active") return { state: "ok", accountState };
    return {
      state: "refused",
      accountState,
      reason: `the channel is in the state ${accountState}`,
      advice: "Open it in Wazzup's account: it must be active (paid, and its QR code scanned).",
    };
  } catch (error) {
    return toChecked(sortFailure(error));
  }
};
