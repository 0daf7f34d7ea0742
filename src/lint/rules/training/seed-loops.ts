/** Loops that fit the same model under one random seed after another and keep the best of them. */

import { linesIn, logicalLinesOf } from "../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { countOf } from "./epochs.ts";
import type { Loop } from "./torch-training.ts";

export interface SeedLoop {
  loop: Loop;
  /** The call that takes the loop's number as its seed. */
  seeded: Call;
  fit: Call;
  /** How many seeds, where that is written. */
  seeds?: number;
}

/** Fewer seeds than this are repeats, not a search. */
const FEWEST = 5;

/** Random starts belong to these: the best of several is their method. */
const RANDOM_STARTS =
  /KMeans|GaussianMixture|BayesianGaussianMixture|NMF|TSNE|UMAP|MDS|SpectralClustering|LatentDirichlet|MiniBatch|FastICA|Dictionary|HMM/;

const SEEDS = ["random_state", "seed", "random_seed", "bagging_seed"];

export function seedLoops(facts: PythonFacts): SeedLoop[] {
  const found: SeedLoop[] = [];
  for (const seeded of facts.calls) {
    const loop = seeded.loops.find((each) => takesSeed(seeded, each.target));
    if (loop === undefined || RANDOM_STARTS.test(seeded.callee)) continue;
    if (found.some((each) => each.loop.range.start === loop.range.start)) continue;
    if (!/^[A-Z]/.test(seeded.method) && seeded.method !== "train_test_split" && seeded.method !== "train")
      continue;
    const seeds = countOf(facts, loop.over)?.value ?? loop.over.items?.length;
    if (seeds !== undefined && seeds < FEWEST) continue;
    if (seeds === undefined && loop.over.call === undefined) continue;
    const fit = facts.calls.find(
      (call) =>
        (call.method === "fit" ||
          call.method === "cross_val_score" ||
          /^(?:xgboost|lightgbm|catboost)\.train$/.test(call.callee)) &&
        !RANDOM_STARTS.test(call.callee) &&
        call.loops.some(({ range }) => range.start === loop.range.start),
    );
    if (fit !== undefined && keepsBest(facts, loop))
      found.push({ loop, seeded, fit, ...(seeds !== undefined && { seeds }) });
  }
  return found;
}

/** The loop's number is its seed, and nothing else of it: with another parameter it searches that one. */
function takesSeed({ args, keywords }: Call, target: string): boolean {
  if (!/^\w+$/.test(target)) return false;
  const seed = SEEDS.find((name) => keywords.get(name)?.text === target);
  const others = [...args, ...[...keywords].flatMap(([name, value]) => (name === seed ? [] : [value]))];
  return seed !== undefined && !others.some(({ reads }) => reads.includes(target));
}

const BEST = /^(?:\w*_)?(?:best|max|top|highest|min|lowest|maximum|minimum|final)\w*|\w+_(?:max|min|best)\b/i;

/**
 * `if score > best: best = score`, or the best of a list behind the loop. A mean over the list is the right use of
 * several seeds.
 */
function keepsBest(facts: PythonFacts, loop: Loop): boolean {
  const lines = logicalLinesOf(facts);
  const inside = linesIn(lines, loop.range);
  const behind = lines.filter(({ start }) => start > loop.range.end).slice(0, 30);
  const collected = facts.calls
    .filter(
      (call) => call.method === "append" && call.loops.some(({ range }) => range.start === loop.range.start),
    )
    .flatMap(({ receiver }) => (receiver?.name === undefined ? [] : [literally(receiver.name)]));
  const averages = new RegExp(
    `\\b(?:mean|std|stdev|var|average|median|boxplot|hist|describe)\\s*\\(.*\\b(?:${collected.join("|")})\\b`,
  );
  if (collected.length > 0 && behind.some(({ code }) => averages.test(code))) return false;
  for (const [index, line] of inside.entries()) {
    if (!/^(?:if|elif)\b/.test(line.code) || !/[<>]/.test(line.code)) continue;
    const next = inside.slice(index + 1);
    const outside = next.findIndex(({ indent }) => indent.length <= line.indent.length);
    const body = outside < 0 ? next : next.slice(0, outside);
    const oneLine = /:\s*(\S.*)$/.exec(line.code)?.[1] ?? "";
    if (
      [oneLine, ...body.map(({ code }) => code)].some(
        (code) => /^[\w.,\s]+=[^=]/.test(code) && BEST.test(code),
      )
    )
      return true;
  }
  return behind.some(({ code }) =>
    collected.some((name) =>
      new RegExp(
        `\\b(?:max|argmax|min|argmin|sorted|nlargest)\\s*\\(\\s*${name}\\b|\\b${name}\\.(?:index|sort|argmax)\\b`,
      ).test(code),
    ),
  );
}

const literally = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
