import type { Services } from "../../../../scripts/services/index.mjs";
import type { Verdict } from "../judge.ts";

/** How much of it: what a scenario does not use, it leaves aside. */
export interface Size {
  readonly messages: number;
  readonly seconds: number;
}

/** What one run of a scenario is given: servers and a folder of its own. */
export interface Given extends Size {
  readonly services: Services;
  readonly folder: string;
  readonly accept: "journal" | "queue";
  readonly seed: number;
  readonly say: (line: string) => void;
}

export type Figure = number | string | boolean | null;

export interface Proof {
  readonly ok: boolean;
  readonly figures: Readonly<Record<string, Figure>>;
  /** The first few of what is wrong, for people. */
  readonly examples?: readonly string[];
}

export interface Scenario {
  readonly claim: string;
  /** By itself, and one after another with all others. */
  readonly alone: Size;
  readonly together: Size;
  readonly run: (given: Given) => Promise<Proof>;
}

/** What each scenario tells of the checker's verdict. */
export const tellVerdict = (verdict: Verdict): Proof["figures"] => {
  const { examples: _, strange, secondWay, ...counts } = verdict;
  return {
    ...counts,
    ...(strange === 0 ? {} : { strange }),
    ...(secondWay === 0 ? {} : { secondWay }),
  };
};
