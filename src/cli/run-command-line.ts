import { commands } from "#cli/commands.ts";
import { CommandError, describeFailure, UsageError } from "#cli/failures.ts";

/** What the process prints and ends with. */
export interface Ended {
  readonly out: string;
  readonly err: string;
  /** 0 done, 1 it did not work, 2 the command line was not understood. */
  readonly exitCode: 0 | 1 | 2;
}

/** Finds the command, runs it and turns whatever happens into words and an exit code. */
export async function runCommandLine(args: readonly string[]): Promise<Ended> {
  const name = findName(args);
  const command = await commands.get(name)?.load();
  if (command === undefined) return answerUnknown(args);
  const rest = args.slice(name.split(" ").length);
  if (asksForHelp(rest)) return succeed(command.help);
  try {
    return succeed(await command.run(rest));
  } catch (error) {
    if (error instanceof UsageError)
      return misused(`switchboard ${name}: ${error.message}`, command.help);
    const out = error instanceof CommandError ? error.out : "";
    return { out, err: `switchboard ${name}: ${describeFailure(error)}`, exitCode: 1 };
  }
}

/** `channel add` is one name, `send` another. */
function findName([first = "", second = ""]: readonly string[]): string {
  const both = `${first} ${second}`;
  return commands.has(both) ? both : first;
}

function answerUnknown(args: readonly string[]): Ended {
  if (asksForHelp(args)) return succeed(overview());
  const named = args.filter((arg) => !arg.startsWith("-")).slice(0, 2);
  const fault = named.length === 0 ? "no command given" : `unknown command "${named.join(" ")}"`;
  return misused(`switchboard: ${fault}`, overview());
}

const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf("--");
  const flags = end === -1 ? args : args.slice(0, end);
  return flags.includes("--help") || flags.includes("-h");
};

const succeed = (out: string): Ended => ({ out, err: "", exitCode: 0 });

const misused = (message: string, help: string): Ended => ({
  out: "",
  err: `${message}\n\n${help}`,
  exitCode: 2,
});

function overview(): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const rows = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "usage: npm run --silent switchboard -- <command> [flags]",
    "",
    ...rows,
    "",
    "Every command takes --json (JSON on standard output) and --help.",
    "All but normalize, bot validate and bot run take the settings that the API and the workers have.",
    "Exit code: 0 done, 1 it did not work, 2 the command line was not understood.",
  ].join("\n");
}
