import type { SharedContact } from "#shared/domain/event.ts";

const mostPhones = 10;
const longestChars = 300;

/** Name, numbers and the like of a vCard: https://www.rfc-editor.org/rfc/rfc6350 ; what cannot be read is left out. */
export const readVcard = (vcard: string): SharedContact => {
  const lines = vcard.replaceAll(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const fields = lines.map(readLine).filter((field) => field !== undefined);
  const valueOf = (name: string): string | undefined =>
    fields.find((field) => field.name === name && field.value !== "")?.value;
  const name = valueOf("FN");
  const company = valueOf("ORG");
  const email = valueOf("EMAIL");
  const phones = fields.filter((field) => field.name === "TEL").map(readPhone);
  return {
    ...(name !== undefined && { name }),
    phones: [...new Set(phones.filter((phone) => phone !== ""))].slice(0, mostPhones),
    ...(company !== undefined && { company: company.replace(/;+$/, "") }),
    ...(email !== undefined && { email }),
  };
};

interface Field {
  readonly name: string;
  readonly parameters: string;
  readonly value: string;
}

/** `item1.TEL;type=CELL;waid=79001234567:+7 900 123-45-67`; older encodings than plain text are left out. */
const readLine = (line: string): Field | undefined => {
  const colon = line.indexOf(":");
  const [head = "", ...parameters] = line.slice(0, Math.max(colon, 0)).split(";");
  if (colon < 1 || parameters.some((each) => /QUOTED-PRINTABLE/i.test(each))) return undefined;
  const value = line.slice(colon + 1, colon + 1 + longestChars);
  return {
    name: (head.split(".").at(-1) ?? "").toUpperCase(),
    parameters: parameters.join(";"),
    value: value.replaceAll(/\\([,;\\])/g, "$1").trim(),
  };
};

/** WhatsApp's own word on the number is the surer one. */
const readPhone = ({ parameters, value }: Field): string => {
  const known = /(?:^|;)waid=(\d+)/i.exec(parameters)?.[1];
  return known === undefined ? value.replace(/^tel:/i, "") : `+${known}`;
};
