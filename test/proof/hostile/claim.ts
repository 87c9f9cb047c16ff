/** What one part of the proof found out. */
export interface Claim {
  readonly claim: string;
  readonly ok: boolean;
  readonly figures: Readonly<Record<string, number | string | boolean>>;
  /** What contradicts the claim, each as one line that lets it be repeated. */
  readonly faults: readonly string[];
}

const mostFaultsTold = 20;

/** A claim is proven when nothing contradicts it. */
export const claimOf = (
  claim: string,
  figures: Claim["figures"],
  faults: readonly string[],
): Claim => ({ claim, ok: faults.length === 0, figures, faults });

/** The table for people. */
export function describeClaim({ claim, ok, figures, faults }: Claim): string {
  const rows = [
    ["ok", ok] as const,
    ...Object.entries(figures),
    ["faults", faults.length] as const,
  ];
  const table = rows.map(([name, figure]) => `| ${name} | ${figure} |`);
  const told = faults.slice(0, mostFaultsTold).map((fault) => `FAULT ${claim}: ${fault}`);
  return [`| ${claim} | |`, "| --- | --- |", ...table, ...told].join("\n");
}

/** The line for machines. */
export const lineOf = ({ claim, ok, figures, faults }: Claim): string =>
  JSON.stringify({ claim, ok, ...figures, faults: faults.length });

/** The last line: all claims together. */
export const sumUp = (claims: readonly Claim[], seed: number): Claim =>
  claimOf(
    "hostile",
    { seed, ...Object.fromEntries(claims.map(({ claim, ok }) => [claim, ok])) },
    claims.filter(({ ok }) => !ok).map(({ claim }) => `${claim} is not proven`),
  );
