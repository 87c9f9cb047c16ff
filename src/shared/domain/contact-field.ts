export const fieldTypes = [
  "text",
  "number",
  "date",
  "phone",
  "email",
  "boolean",
  "choice",
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** What a tenant says of one of its contacts' fields. */
export interface ContactField {
  /** `tenant|key`. */
  readonly _id: string;
  readonly schemaVersion: 1;
  readonly tenantId: string;
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  /** What a `choice` may be. */
  readonly choices?: readonly string[];
}
