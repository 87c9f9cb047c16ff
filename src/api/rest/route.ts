import type { z } from "zod";
import type { ApiDeps } from "#api/deps.ts";
import type { Identity } from "#api/rest/identity.ts";
import { invalid } from "#api/rest/problem.ts";
import { tellFaults } from "#api/rest/tell-faults.ts";
import type { Scope } from "#shared/domain/access.ts";

/** A scope, any identity at all, or nobody in particular. */
export type Access = Scope | "signed-in" | "anyone";

/** What is known of a request besides its input. */
export interface Caller {
  readonly address: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly cookie: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly contentType: string | undefined;
  readonly range: string | undefined;
  readonly isSecure: boolean;
}

/** A request before its schema was asked. */
export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** What a route's `run` gets: the tenant comes from `identity`, never from `input`. */
export interface Call<Input> {
  readonly api: ApiDeps;
  readonly identity: Identity;
  readonly input: Input;
  readonly caller: Caller;
  /** The body of a route that takes a file. */
  readonly file: AsyncIterable<Uint8Array>;
  readonly setHeader: (name: string, value: string) => void;
}

/** The second stands for any type. */
export type FileType = "text/csv" | "application/octet-stream";

/** A file as an answer; headers that it has besides are set by the call. */
export interface SentFile {
  readonly status: 200 | 206;
  readonly type: string;
  readonly pieces: AsyncIterable<Uint8Array>;
}

interface Definition<Input extends z.ZodObject, Answer extends z.ZodType> {
  /** The operation's name in OpenAPI and in the audit log: verb_thing. */
  readonly id: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** `{id}` stands for a parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  /** `params`, `query` and `body`, each checked whole: unknown fields are refused by name. */
  readonly input: Input;
  /** 200 where nothing is said. */
  readonly status?: 200 | 201 | 202;
  /** Strips whatever it does not name. */
  readonly answer: Answer;
  /** The body is a file of this type, in the place of JSON; one of any type is not held in memory. */
  readonly consumes?: FileType;
  /** So is the answer: `run` gives its pieces, or a `SentFile`. */
  readonly produces?: FileType;
  /** True where an `Idempotency-Key` header makes a repeated call do it once. */
  readonly isIdempotent?: true;
  readonly run: (call: Call<z.output<Input>>) => Promise<z.input<Answer>>;
}

/** One address and method: checks, documents and answers by the same schemas. */
export interface Route extends Omit<Definition<z.ZodObject, z.ZodType>, "run"> {
  /** Checks the input, all of it; throws a `Problem` that names each wrong field. */
  readonly prepare: (raw: RawInput) => Prepared;
}

export interface Prepared {
  readonly run: (call: Omit<Call<unknown>, "input">) => Promise<unknown>;
}

/** Binds schemas to what the route does with them. */
export function defineRoute<Input extends z.ZodObject, Answer extends z.ZodType>(
  definition: Definition<Input, Answer>,
): Route {
  const { run, ...facts } = definition;
  return {
    ...facts,
    prepare: (raw) => {
      const parsed = definition.input.safeParse(raw);
      if (!parsed.success) throw invalid(tellFaults(parsed.error));
      return {
        run: async (call) => definition.answer.parse(await run({ ...call, input: parsed.data })),
      };
    },
  };
}
