/** Mixed precision as each library writes it. bfloat16 needs no loss scaling. */

import { insertKeyword } from "../../config/systems/python-values.ts";
import type { Fix } from "../../finding.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";
import { isCompound, type LogicalLine, lineAt, logicalLinesOf } from "../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { atLeast } from "../python-precision.ts";
import { afterLine, aliasOf, wrapped } from "./edits.ts";
import type { FullPrecision } from "./precision.ts";

export function precisionFixes(
  facts: PythonFacts,
  found: FullPrecision,
  evidence: ProjectEvidence | undefined,
): Fix[] {
  switch (found.kind) {
    case "arguments":
      return keyword(facts, found.call, "bf16", "True", "Train with bf16=True");
    case "lightning": {
      // Before Lightning 2 it is called "bf16"; 2 takes both.
      const current =
        found.call.callee.startsWith("lightning") || atLeast(evidence?.versions["pytorch-lightning"], 2);
      const value = current ? '"bf16-mixed"' : '"bf16"';
      return keyword(facts, found.call, "precision", value, `Train with precision=${value}`);
    }
    case "keras":
      return kerasPolicy(facts);
    case "torch":
      return autocast(facts, found.training.backward);
  }
}

function keyword(facts: PythonFacts, call: Call, name: string, value: string, title: string): Fix[] {
  const edit = insertKeyword(call, name, value, facts.text);
  return edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }];
}

/** Behind the last import at the margin before anything is called: layers take the policy when they are made. */
function kerasPolicy(facts: PythonFacts): Fix[] {
  const tensorflow = aliasOf(facts, "tensorflow");
  const keras =
    (tensorflow && `${tensorflow}.keras`) ??
    facts.imports.find(
      ({ module, name }) =>
        (module === "tensorflow" && name === "keras") || (module === "keras" && name === undefined),
    )?.alias;
  if (keras === undefined) return [];
  const lines = logicalLinesOf(facts);
  const imports = lines.filter(({ indent, code }) => indent === "" && /^(?:import|from)\b/.test(code));
  const first = lines.findIndex((line) => !imports.includes(line) && !/^["'rRbBuU]/.test(line.code));
  const before = imports.filter((line) => first < 0 || line.start < lines[first]!.start);
  const last = before.at(-1);
  if (last === undefined) return [];
  const edit = afterLine(facts, last, ["", `${keras}.mixed_precision.set_global_policy("mixed_float16")`]);
  return [{ title: "Set the policy mixed_float16", safety: "unsafe", edits: [edit] }];
}

/** The statements from the model's call to the loss, under autocast; the backward pass stays outside, as PyTorch asks. */
function autocast(facts: PythonFacts, backward: Call): Fix[] {
  const torch = aliasOf(facts, "torch");
  const loss = backward.receiver?.name;
  const lines = logicalLinesOf(facts);
  const end = lineAt(lines, backward.range.start);
  if (torch === undefined || loss === undefined || end === undefined) return [];
  const block = blockBefore(lines, end);
  const lossAt = block.findLastIndex(({ code }) => new RegExp(`^${loss}\\s*=[^=]`).test(code));
  if (lossAt < 0) return [];
  const read = new Set(block[lossAt]!.code.match(/\b[A-Za-z_]\w*\b/g) ?? []);
  const outputAt = block.findLastIndex(({ code }, index) => {
    const target = index < lossAt && /^([A-Za-z_]\w*)\s*(?:,[\s\w,]*)?=[^=].*\(/s.exec(code)?.[1];
    return (
      target !== undefined && target !== false && read.has(target) && !/\.(?:to|cuda|float|long)\(/.test(code)
    );
  });
  const chosen = block.slice(outputAt < 0 ? lossAt : outputAt, lossAt + 1);
  if (chosen.some((line) => /\.(?:zero_grad|step|backward)\(/.test(line.code) || isCompound(line))) return [];
  const edits = wrapped(facts, chosen, `with ${torch}.autocast("cuda", dtype=${torch}.bfloat16)`);
  return edits === undefined
    ? []
    : [{ title: "Compute the loss under autocast in bfloat16", safety: "unsafe", edits }];
}

/** Lines of the same block before a line, without a step out of it or into another. */
function blockBefore(lines: readonly LogicalLine[], end: LogicalLine): LogicalLine[] {
  const found: LogicalLine[] = [];
  for (let at = lines.indexOf(end) - 1; at >= 0; at--) {
    const line = lines[at]!;
    if (line.indent !== end.indent || isCompound(line)) break;
    found.unshift(line);
  }
  return found;
}
