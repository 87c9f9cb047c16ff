import { expect, test } from "vitest";
import { hashPassword, isPasswordFlood, provesPassword } from "./password.ts";

test("a password proves its own hash and no other", async () => {
  const hash = await hashPassword("пароль из слов");

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await provesPassword("пароль из слов", hash)).toBe(true);
  expect(await provesPassword("пароль из словa", hash)).toBe(false);
  expect(await hashPassword("пароль из слов")).not.toBe(hash);
});

test("letters count the same however the keyboard composed them", async () => {
  const hash = await hashPassword("й".normalize("NFC"));

  expect(await provesPassword("й".normalize("NFD"), hash)).toBe(true);
});

test("without a hash nothing is proven", async () => {
  expect(await provesPassword("", undefined)).toBe(false);
});

test("a cost that the hash names is the one that counts", async () => {
  // argon2 -id -m 8 -t 1 -p 1 as the reference implementation writes it.
  const hash = await hashPassword("x");
  const cheap = hash.replace("m=19456,t=2", "m=8,t=1");

  expect(await provesPassword("x", cheap)).toBe(false);
  await expect(provesPassword("x", "plain")).rejects.toThrow("not of the form");
});

test("a flood of passwords is refused, and what was let in is still answered", async () => {
  const hash = await hashPassword("right");

  const answers = await Promise.allSettled(
    Array.from({ length: 50 }, () => provesPassword("right", hash)),
  );

  const refused = answers.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(8);
  expect(refused.every((each) => "reason" in each && isPasswordFlood(each.reason))).toBe(true);
  expect(answers.filter((each) => "value" in each && each.value)).toHaveLength(42);
}, 30_000);
