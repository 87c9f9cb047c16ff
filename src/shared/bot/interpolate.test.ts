import fc from "fast-check";
import { expect, test } from "vitest";
import { interpolate, type Facts } from "#shared/bot/interpolate.ts";

const facts: Facts = { user_input: "hi", имя: "Анна", contact: { name: "Bo", phone: undefined } };

test("paths are filled in, with or without space around them", () => {
  expect(interpolate("{{user_input}}, {{ имя }}, {{\ncontact.name }}", facts)).toBe("hi, Анна, Bo");
});

test("what is not known becomes nothing", () => {
  const template = "[{{nobody}}{{contact.phone}}{{contact.name.length}}{{contact}}{{}}{{ . }}]";

  expect(interpolate(template, facts)).toBe("[]");
});

test("inserted text is never expanded again", () => {
  const text = interpolate("{{a}}{{b}} {{c}}name}}", { a: "{{", b: "name}}", c: "{{", name: "X" });

  expect(text).toBe("{{name}} {{name}}");
});

test("an expression is a name that nobody has", () => {
  const hostile = [
    "{{constructor.constructor('return process')()}}",
    "{{__proto__.polluted}}",
    "{{user_input.constructor.name}}",
    "{{7*7}}",
    "{{#each this}}{{/each}}",
    "{{user_input | upcase}}",
  ];

  expect(hostile.map((template) => interpolate(template, facts))).toEqual(hostile.map(() => ""));
});

test("the result ends at 64 kB, however much is inserted", () => {
  const long = { long: "ж".repeat(4096) };

  expect(interpolate("{{long}}".repeat(10_000), long)).toHaveLength(64 * 1024);
  expect(interpolate("x".repeat(100_000), long)).toHaveLength(64 * 1024);
});

test("inherited names never resolve", () => {
  const inherited = fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty");
  const path = fc.array(fc.oneof(inherited, fc.constantFrom("contact", "user_input")));

  fc.assert(
    fc.property(path, inherited, (names, last) => {
      expect(interpolate(`{{${[...names, last].join(".")}}}`, facts)).toBe("");
    }),
  );
});

test("no template and no fact makes it throw", () => {
  const piece = fc.oneof(fc.constantFrom("{", "}", "{{", "}}", ".", "a", " "), fc.string());
  const template = fc.array(piece).map((pieces) => pieces.join(""));

  fc.assert(
    fc.property(template, fc.dictionary(fc.string(), fc.string()), (text, values) => {
      expect(interpolate(text, values).length).toBeLessThanOrEqual(64 * 1024);
    }),
  );
});

/** Any UTF-16, halves of pairs included. */
const anyText = fc
  .array(fc.nat(0xffff))
  .map((units) => units.map((unit) => String.fromCharCode(unit)).join(""));

test("a text without braces stays as it is", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const plain = text.replaceAll(/[{}]/g, "");

      expect(interpolate(plain, facts)).toBe(plain);
    }),
  );
});

test("half-open braces cost no more than their length", () => {
  const started = performance.now();

  interpolate("{{".repeat(32_000), facts);
  interpolate(`{{${" ".repeat(60_000)}`, facts);

  expect(performance.now() - started).toBeLessThan(500);
});
