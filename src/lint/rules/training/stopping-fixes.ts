/** Early stopping as each library writes it. */

import { insertKeyword } from "../../config/systems/python-values.ts";
import type { Fix, TextEdit } from "../../finding.ts";
import { lineAt, logicalLinesOf } from "../../python/logical-lines.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import type { Boosting } from "./boosting.ts";
import { aliasOf, atLoopEnd, beforeLine, importing } from "./edits.ts";
import type { KerasFit } from "./keras-training.ts";
import { PATIENCE } from "./measured.ts";
import type { Loop } from "./torch-training.ts";

const TITLE = `Stop after ${PATIENCE} epochs without improvement`;
/** Rounds without improvement: trees are small steps. */
const ROUNDS = 50;

export function kerasFix(facts: PythonFacts, { call, validated }: KerasFit): Fix[] {
  const named = kerasName(facts);
  if (named === undefined) return [];
  const monitor = validated ? "" : 'monitor="loss", ';
  const callback = `${named.name}(${monitor}patience=${PATIENCE}, restore_best_weights=True)`;
  const more = named.imported === undefined ? [] : [named.imported];
  const given = call.keywords.get("callbacks");
  // Without validation data it would stop by the training loss: to be decided, not applied.
  const safety = validated ? "unsafe" : "display";
  const title = validated ? TITLE : `${TITLE} of the training loss: there are no validation data`;
  if (given === undefined) {
    const edit = insertKeyword(call, "callbacks", `[${callback}]`, facts.text);
    return edit === undefined ? [] : [{ title, safety, edits: [...more, edit] }];
  }
  const last = given.items?.at(-1);
  const inside =
    last !== undefined && last.range.start >= call.range.start && last.range.end <= call.range.end;
  if (!inside) return [];
  const end = last.range.end;
  return [{ title, safety, edits: [...more, { range: { start: end, end }, newText: `, ${callback}` }] }];
}

/** How the callback's class is written with the file's own imports, or with one more. */
function kerasName(facts: PythonFacts): { name: string; imported?: TextEdit } | undefined {
  for (const { module, name, alias } of facts.imports) {
    if (name === "EarlyStopping") return { name: alias };
    if (name === "callbacks" && /keras$/.test(module)) return { name: `${alias}.EarlyStopping` };
  }
  for (const { module, name, alias } of facts.imports) {
    if (module === "tensorflow" && name === undefined)
      return { name: `${alias}.keras.callbacks.EarlyStopping` };
    if (module === "tensorflow" && name === "keras") return { name: `${alias}.callbacks.EarlyStopping` };
    if (/^(?:tensorflow\.keras|keras|tf_keras)$/.test(module) && name === undefined)
      return { name: `${alias}.callbacks.EarlyStopping` };
  }
  const from = facts.imports.find(({ module }) => /^(?:tensorflow\.)?keras\b/.test(module));
  if (from === undefined) return undefined;
  const keras = from.module.startsWith("tensorflow") ? "tensorflow.keras" : "keras";
  const imported = importing(facts, `from ${keras}.callbacks import EarlyStopping`);
  return imported && { name: "EarlyStopping", imported };
}

export function boostingFix(facts: PythonFacts, { call, made, library }: Boosting): Fix[] {
  const title = `Stop after ${ROUNDS} rounds without improvement`;
  const module = library === "XGBoost" ? "xgboost" : "lightgbm";
  if (library === "LightGBM") {
    const alias = aliasOf(facts, module);
    const imported = facts.imports.find((each) => each.module === module && each.name === "early_stopping");
    const name = imported?.alias ?? (alias && `${alias}.early_stopping`);
    const edit = name && insertKeyword(call, "callbacks", `[${name}(${ROUNDS})]`, facts.text);
    return edit ? [{ title, safety: "unsafe", edits: [edit] }] : [];
  }
  // An argument of the estimator since XGBoost 1.6, which deprecated that of fit.
  const edit = insertKeyword(made ?? call, "early_stopping_rounds", String(ROUNDS), facts.text);
  return edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }];
}

const LOSS = /^(?:\w+_)?(?:val|valid|validation|dev|eval|test)\w*?_?loss$/i;

/** Counts epochs in the loop with the file's own validation loss; nothing where it has none. */
export function torchFix(facts: PythonFacts, loop: Loop): Fix[] {
  const loss = facts.assignments.find(
    ({ target, range }) => LOSS.test(target) && range.start > loop.range.start && range.end < loop.range.end,
  )?.target;
  const head = lineAt(logicalLinesOf(facts), loop.range.start);
  const tail =
    loss &&
    atLoopEnd(facts, loop, [
      `if ${loss} < best_loss:`,
      `    best_loss, stale_epochs = ${loss}, 0`,
      "else:",
      "    stale_epochs += 1",
      `    if stale_epochs >= ${PATIENCE}:`,
      "        break",
    ]);
  if (!tail || head === undefined || head.start !== loop.range.start) return [];
  const before = beforeLine(facts, head, ['best_loss, stale_epochs = float("inf"), 0']);
  return [{ title: TITLE, safety: "display", edits: [before, tail] }];
}
