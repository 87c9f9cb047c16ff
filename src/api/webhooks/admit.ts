import type { Delivery } from "#api/webhooks/delivery.ts";
import type { Found, Place } from "#api/webhooks/find-channels.ts";
import type { Target } from "#shared/accept/build-entry.ts";
import { isListed } from "#api/http/address.ts";
import type { Verify } from "#api/webhooks/verify.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";
import type { Provider } from "#shared/providers/provider.ts";

export interface Asked {
  readonly provider: Provider;
  readonly place: Place;
  readonly delivery: Delivery;
  readonly found: Found;
  /** The shared address's default channel. */
  readonly fallback: OpenChannel | undefined;
}

/** Whose the body is, or the status to refuse it with. */
export type Admission =
  | { readonly targets: readonly Target[]; readonly hasStrangers: boolean }
  | { readonly refused: 401 | 403 };

/**
 * A body is refused when it proves itself to none of its channels. One that some vouch for is kept
 * for those; the other channels' part counts as nobody's.
 */
export function admit(verify: Verify, asked: Asked): Admission {
  const { delivery, found, provider } = asked;
  const near = found.targets.filter(({ channel }) => isFromAllowed(delivery, channel));
  const targets = near.flatMap((target) => {
    const way = verify.admits(provider, delivery, target.channel);
    if (way === undefined) return [];
    return way === "proven" ? [{ ...target, proven: true as const }] : [target];
  });
  if (targets.length === 0) {
    if (near.length > 0) return { refused: 401 };
    if (found.targets.length > 0) return { refused: 403 };
    if (!mayStay(verify, asked)) return { refused: 401 };
  }
  return { targets, hasStrangers: found.hasStrangers || targets.length < found.targets.length };
}

/** Addresses are a second factor beside the secret (`allowFrom`). */
export const isFromAllowed = ({ request }: Delivery, { allowFrom }: OpenChannel): boolean =>
  isListed(request.address, allowFrom);

/** Nobody can say what an unknown channel's own secret would be. */
const mayStay = (verify: Verify, { provider, place, delivery, fallback }: Asked): boolean =>
  place.channelKey !== undefined || verify.mayStay(provider, delivery, fallback);
