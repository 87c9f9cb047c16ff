import { interpolate } from "../../../src/shared/bot/interpolate.ts";
import { maxRenderedLength } from "../../../src/shared/bot/limits.ts";
import { claimOf, type Claim } from "./claim.ts";

const product = String(1234 * 5678);
const mark = "evaluatedByTemplate";

/** What an evaluated template would show: its product, its side effect, or a word of the inside. */
const expressions = [
  "1234*5678",
  "1234 * 5678",
  "(1234*5678)",
  "constructor.constructor('return 1234*5678')()",
  "''.constructor.constructor('return 1234*5678')()",
  "[].map.constructor('return 1234*5678')()",
  `globalThis.${mark} = 1`,
  `this.constructor.constructor('globalThis.${mark}=1')()`,
  "process.mainModule.require('child_process').execSync('echo 7006652')",
  "process.env.PATH",
  "require('os').hostname()",
  "self.__class__.__mro__[1].__subclasses__()",
  "request.application.__globals__.__builtins__",
  "config.items()",
  "T(java.lang.Runtime).getRuntime().exec('id')",
  "_self.env.registerUndefinedFilterCallback('exec')",
  "user_input.constructor.name",
  "user_input.length",
  "__proto__.polluted",
  "constructor.name",
  "contact.__proto__.toString",
  "contact['name']",
  "contact.name.toUpperCase()",
  "'secret'|upper",
  "1234|times:5678",
  "#each this}}x{{/each",
  "#with contact}}{{name}}{{/with",
  "> partial",
  "!comment",
  "&user_input",
  "{user_input}",
  "= 1234*5678",
  "lookup this 'constructor'",
  "import('node:fs')",
  "await 1",
  "`${1234*5678}`",
];

type Wrap = (expression: string) => string;

/** The brackets of other engines, and ours in odd forms. */
const wraps: readonly Wrap[] = [
  (text) => `{{${text}}}`,
  (text) => `{{ ${text} }}`,
  (text) => `{{{${text}}}}`,
  (text) => `{{=${text}}}`,
  (text) => `{%${text}%}`,
  (text) => `<%= ${text} %>`,
  (text) => `\${${text}}`,
  (text) => `#{${text}}`,
  (text) => `*{${text}}`,
  (text) => `@(${text})`,
  (text) => `[[${text}]]`,
  (text) => `{{'{{${text}}}'}}`,
  (text) => `{{\n${text}\n}}`,
  (text) => `{{user_input}}{{${text}}}`,
  (text) => `{{${text}`,
];

const facts = { user_input: "hello", contact: { name: "Anna" } };

/** Templates of other engines' languages: what ours fills in is a name that is there, and nothing else. */
export function measureTemplates(): Claim {
  const faults: string[] = [];
  let templates = 0;
  for (const wrap of wraps)
    for (const expression of expressions) {
      templates += 1;
      const template = wrap(expression);
      const text = interpolate(template, facts);
      // The words that stand in the template outside of ours may stay as they are.
      if (isEvaluated(template, text)) faults.push(`${template} became ${text}`);
      // Once more as what a customer wrote: it is never a template.
      const said = interpolate("[{{user_input}}]", { user_input: template });
      if (said !== `[${template}]`) faults.push(`a customer's ${template} became ${said}`);
    }
  const longest = bombs.map((bomb) => interpolate(bomb, { long: "ж".repeat(4096) }).length);
  if (longest.some((length) => length > maxRenderedLength)) faults.push("a text beyond the cap");
  if (mark in globalThis) faults.push("a template left its mark");
  return claimOf(
    "hostile-templates",
    { templates, bombs: bombs.length, longestText: Math.max(...longest), evaluated: faults.length },
    faults,
  );
}

const isEvaluated = (template: string, text: string): boolean =>
  text.includes(product) && !template.includes(product) ? true : !isPlain(template, text);

/** Only known names were replaced, what else stood in our brackets is gone, the rest is as it was. */
function isPlain(template: string, text: string): boolean {
  const expected = template.replaceAll(/\{\{([^{}]{0,200})\}\}/g, (_, path: string) =>
    path.trim() === "user_input" ? "hello" : "",
  );
  return text === expected;
}

const bombs: readonly string[] = [
  "{{long}}".repeat(100_000),
  "{{".repeat(200_000),
  `{{${" ".repeat(100_000)}long}}`,
  `{{${"long.".repeat(20_000)}}}`,
  "{{long".repeat(50_000),
  "}}{{".repeat(50_000),
  "x".repeat(1_000_000),
];
