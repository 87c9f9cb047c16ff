import type { Channel } from "#shared/models/channels.ts";
import { openText, sealText, type Cipher } from "#shared/runtime/cipher.ts";

type Owner = Pick<Channel, "_id" | "tenantId">;
type Field = "token" | "secret";

/** A sealed field moved to another channel or tenant cannot be opened. */
const contextOf = ({ tenantId, _id }: Owner, field: Field): string => `${tenantId}|${_id}|${field}`;

/** Seals a channel's token or secret for the database. */
export const sealFor = (cipher: Cipher, owner: Owner, field: Field, text: string): string =>
  sealText(cipher, text, contextOf(owner, field));

/** Opens what `sealFor` made; throws when it belongs to another channel or key. */
export const openFor = (cipher: Cipher, owner: Owner, field: Field, sealed: string): string =>
  openText(cipher, sealed, contextOf(owner, field));

/** The cipher's purpose: channel secrets have a key of their own. */
export const channelSecretsPurpose = "channel secrets";
