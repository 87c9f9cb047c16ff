import { bulkhead, BulkheadRejectedError } from "cockatiel";
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** OWASP's least for Argon2id: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
const work = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const saltBytes = 16;
const hashBytes = 32;

const plainDerive = promisify(argon2);

/**
 * Each takes 19 MB and one of the process's four threads, which files and names need as well: the
 * others wait, and a flood is refused before it takes all.
 */
const most = { atOnce: 2, waiting: 40 } as const;
const turnstile = bulkhead(most.atOnce, most.waiting);

const derive = (...asked: Parameters<typeof plainDerive>): ReturnType<typeof plainDerive> =>
  turnstile.execute(() => plainDerive(...asked));

/** Whether somebody was refused because too many passwords are being looked at. */
export const isPasswordFlood = (error: unknown): boolean => error instanceof BulkheadRejectedError;

/** Argon2id in the PHC form, which names its own cost: a later cost leaves older hashes valid. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const hash = await derive("argon2id", {
    message: normal(password),
    nonce,
    tagLength: hashBytes,
    ...work,
  });
  const { memory, passes, parallelism } = work;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(nonce)}$${encode(hash)}`;
}

/** True when the password made this hash. Without a hash it works as long and answers false. */
export async function provesPassword(password: string, hash: string | undefined): Promise<boolean> {
  const parsed = parse(hash ?? nobody);
  if (parsed === undefined)
    throw new Error("a stored password hash is not of the form that we write");
  const { expected, ...cost } = parsed;
  const made = await derive("argon2id", {
    message: normal(password),
    tagLength: expected.length,
    ...cost,
  });
  return timingSafeEqual(made, expected) && hash !== undefined;
}

/** Two keyboards may write one letter in two ways. */
const normal = (password: string): Buffer => Buffer.from(password.normalize("NFKC"));

const encode = (bytes: Buffer): string => bytes.toString("base64").replaceAll("=", "");

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

function parse(hash: string) {
  const [, memory, passes, parallelism, salt, expected] = form.exec(hash) ?? [];
  if (salt === undefined || expected === undefined) return undefined;
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(salt, "base64"),
    expected: Buffer.from(expected, "base64"),
  };
}

/** The cost of a real one; nothing hashes to zeros. */
const nobody = `$argon2id$v=19$m=${work.memory},t=${work.passes},p=${work.parallelism}$${encode(Buffer.alloc(saltBytes))}$${encode(Buffer.alloc(hashBytes))}`;
