import { STATUS_CODES } from "node:http";
import { z } from "zod";

const field = z.object({
  field: z.string().meta({ description: "Where: a name, with dots within objects" }),
  message: z.string(),
});

/** RFC 9457: https://www.rfc-editor.org/rfc/rfc9457 */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(field).optional(),
  })
  .meta({ id: "Problem", description: "What went wrong and what to do about it" });

export type FieldFault = z.infer<typeof field>;

const words: Readonly<Record<number, string>> = {
  400: "bad-request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not-found",
  405: "method-not-allowed",
  409: "conflict",
  413: "too-large",
  415: "unsupported-media-type",
  422: "invalid",
  429: "too-many-requests",
  503: "unavailable",
};

/** A refusal that the caller reads. Thrown anywhere under /api/v1, told by `answerProblem`. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly errors: readonly FieldFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: {
      readonly errors?: readonly FieldFault[];
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** A body, query or path that is well-formed and wrong: every fault with its field. */
export const invalid = (errors: readonly FieldFault[]): Problem =>
  new Problem(422, "Some fields are wrong: see errors", { errors });

/** The same answer whether it never was or belongs to another tenant. */
export const notFound = (what: string): Problem => new Problem(404, `There is no such ${what}`);

export const conflict = (name: string, message: string): Problem =>
  new Problem(409, message, { errors: [{ field: name, message }] });

/** The document of RFC 9457. */
export function describeProblem(status: number, detail?: string, errors?: readonly FieldFault[]) {
  return {
    type: `urn:switchboard:problem:${words[status] ?? "unexpected"}`,
    title: STATUS_CODES[status] ?? "Error",
    status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined || errors.length === 0 ? {} : { errors }),
  };
}
