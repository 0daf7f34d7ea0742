import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../src/lint/engine.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";
import { RULES } from "../../../src/lint/rules/index.ts";
import { checkLint } from "./check-lint.ts";
import { large, type Sample, SMALL } from "./hostile-texts.ts";
import { mutated } from "./mutate.ts";

/** Processor time for the random part: a quick look at each `npm test`, a long one by hand. */
const SECONDS = Number(process.env.FAIRWATT_FUZZ_SECONDS ?? 12);
/** For a large file, on purpose far from what a person writes: slow is allowed, hanging is not. */
const LARGE_MS = 700;
const SEED = Number(process.env.FAIRWATT_FUZZ_SEED ?? 20_261_121);

const examples: Sample[] = RULES.flatMap(({ examples: { bad, good } }) =>
  [...bad, ...good].map(({ file, text }) => ({ path: file, text })),
);
const samples = [...SMALL, ...examples];
let linter: Linter;

beforeAll(async () => {
  linter = createLinter(await createReaders());
  for (const sample of samples) linter.lint(sample, { select: ["ALL"] }); // what is compiled at the first use
});

describe("the linter", () => {
  it.each(large().map((sample) => [sample.path, sample] as const))(
    "reads %s within its bound",
    (_, sample) => {
      checkLint(linter, sample, LARGE_MS);
    },
  );

  it.each(SMALL.map((sample) => [sample.path, sample] as const))("reads %s cut at 50 points", (_, sample) => {
    for (let part = 0; part <= 50; part++)
      checkLint(linter, { ...sample, text: sample.text.slice(0, (sample.text.length * part) / 50) });
  });

  it(`stands texts that were changed at random for ${SECONDS} s (seed ${SEED})`, {
    timeout: (SECONDS + 60) * 1000,
  }, () => {
    let runs = 0;
    let findings = 0;
    fc.assert(
      fc.property(mutated(samples), (sample) => {
        runs++;
        findings += checkLint(linter, sample).findings.length;
      }),
      {
        seed: SEED,
        numRuns: 1_000_000,
        interruptAfterTimeLimit: SECONDS * 1000,
        markInterruptAsFailure: false,
        endOnFailure: false,
      },
    );
    expect(runs).toBeGreaterThan(SECONDS * 20);
    expect(findings).toBeGreaterThan(0);
  });
});
