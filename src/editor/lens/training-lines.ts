/**
 * Finds where a Python script trains, line by line and without a parser: a lens needs to be quick on every keystroke
 * and may miss a case; it must not fire inside strings and comments. Pure.
 */

export interface TrainingLine {
  /** From 0. */
  line: number;
  kind: "main" | "fit" | "epochs";
}

/** More lenses than this in one file are noise. */
const MOST = 6;

const MAIN = /^if\s+(?:__name__\s*==\s*(['"])__main__\1|(['"])__main__\2\s*==\s*__name__)\s*:/;
/** `fit_transform(` prepares data and `partial_fit(` is inside a loop that has its own lens: both are left out. */
const FIT = /([\w)\]])\s*\.(fit|fit_generator|train|learn)\(/;
const EPOCHS = /^\s*(?:async\s+)?for\s+\w*(?:epoch|epochs|ep)\w*\s*(?:,\s*\w+\s*)*\s+in\b/i;
/** Receivers whose `.fit(` prepares data, and whose `.train(` only switches a mode. */
const PREPARES =
  /(?:scaler|encoder|imputer|vectori[sz]er|tokenizer|binarizer|pca|transformer|selector|discretizer)\w*$/i;
const TRAINER = /(?:trainer|booster|gbm|lgb|xgb|catboost|estimator|agent|learner)\w*$/i;

export function findTrainingLines(source: string): TrainingLine[] {
  const lines = codeOnly(source).split("\n");
  const original = source.split(/\r?\n/);
  const found: TrainingLine[] = [];
  let insideEpochs: number | undefined;
  for (const [line, code] of lines.entries()) {
    if (code.trim() === "") continue;
    const indent = code.length - code.trimStart().length;
    if (insideEpochs !== undefined && indent <= insideEpochs) insideEpochs = undefined;
    // The quoted name was blanked with the strings; what is left of the line proves that it is code.
    if (/^if\s/.test(code) && MAIN.test(original[line] ?? "")) {
      found.push({ line, kind: "main" });
    } else if (EPOCHS.test(code)) {
      found.push({ line, kind: "epochs" });
      insideEpochs = indent;
    } else if (insideEpochs === undefined && trains(code)) {
      found.push({ line, kind: "fit" });
    }
  }
  const main = found.filter((each) => each.kind === "main").slice(0, 1);
  const others = found.filter((each) => each.kind !== "main").slice(0, MOST - main.length);
  return [...main, ...others].sort((a, b) => a.line - b.line);
}

function trains(code: string): boolean {
  const match = FIT.exec(code);
  if (!match) return false;
  const receiver = receiverBefore(code, match.index);
  if (PREPARES.test(receiver)) return false;
  // `model.train()` of PyTorch switches a mode; `lgb.train(`, `trainer.train()` and `agent.learn(` do train.
  return match[2] === "train" || match[2] === "learn" ? TRAINER.test(receiver) : true;
}

/** The last name of what ends at `end`: `a.b` -> "b", `Scaler(with_mean=f(x))` -> "Scaler", `models[i]` -> "models". */
function receiverBefore(code: string, end: number): string {
  let at = end;
  let depth = 0;
  for (; at >= 0; at--) {
    const character = code[at]!;
    if (character === ")" || character === "]") depth++;
    else if (character === "(" || character === "[") {
      if (--depth < 0) return "";
    } else if (depth === 0) break;
  }
  return /\w+$/.exec(code.slice(0, at + 1))?.[0] ?? "";
}

/** The source with comments and the insides of strings (of f-strings too) blanked; line breaks stay. */
export function codeOnly(source: string): string {
  const text = source.replace(/\r\n?/g, "\n");
  let out = "";
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (character === "#") {
      while (at < text.length && text[at] !== "\n") at++;
    } else if (character === '"' || character === "'") {
      const quote = text.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
      const end = endOfString(text, at + quote.length, quote);
      out += text.slice(at, end).replace(/[^\n]/g, " ");
      at = end;
    } else {
      out += character;
      at++;
    }
  }
  return out;
}

/** Offset after the closing quote; a string in one quote ends at the line's end when it is not closed (being typed). */
function endOfString(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === "\\") {
      // In raw strings too, a backslash keeps the quote after it from closing the string.
      at += 2;
      continue;
    }
    if (quote.length === 1 && text[at] === "\n") return at;
    if (text.startsWith(quote, at)) return at + quote.length;
    at++;
  }
  return text.length;
}
