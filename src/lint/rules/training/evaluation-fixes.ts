/** no_grad around the statements that call a model for evaluation, and when that is safe. */

import type { Fix } from "../../finding.ts";
import { pattern } from "../../pattern.ts";
import { blanked, type LogicalLine, logicalLinesOf } from "../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { aliasOf, importing, simpleStatementAt, wrapped } from "./edits.ts";

/** Wraps the statements of the calls: names bound in a with block stay bound behind it. */
export function noGradFixes(facts: PythonFacts, calls: readonly Call[]): Fix[] {
  const statements = calls.map(({ range }) => simpleStatementAt(facts, range));
  if (statements[0] === undefined || statements.some((each) => each && /\b(?:yield|await)\b/.test(each.code)))
    return [];
  const torch = aliasOf(facts, "torch");
  const imported = torch === undefined ? importing(facts, "import torch") : undefined;
  if (torch === undefined && imported === undefined) return [];
  const head = `with ${torch ?? "torch"}.no_grad()`;
  const groups = neighbours(
    facts,
    statements.filter((each) => each !== undefined),
  );
  const edits = groups.map((group) => wrapped(facts, group, head));
  if (edits.some((each) => each === undefined)) return [];
  return [
    {
      title: "Call it under torch.no_grad()",
      safety: calls.every((call, index) => {
        const statement = statements[index];
        return statement === undefined || staysHere(facts, call, statement);
      })
        ? "safe"
        : "unsafe",
      edits: [...(imported === undefined ? [] : [imported]), ...edits.flatMap((each) => each ?? [])],
    },
  ];
}

/** Statements that follow one another at the same indent, together. */
function neighbours(facts: PythonFacts, statements: readonly LogicalLine[]): LogicalLine[][] {
  const lines = logicalLinesOf(facts);
  const groups: LogicalLine[][] = [];
  for (const statement of new Set(statements)) {
    const last = groups.at(-1)?.at(-1);
    const follows = last !== undefined && lines.indexOf(statement) === lines.indexOf(last) + 1;
    if (follows && last.indent === statement.indent) groups.at(-1)!.push(statement);
    else groups.push([statement]);
  }
  return groups;
}

/** Calls that may go backward in another file, or belong to a program that does. */
const TRAINS =
  /^(?:backward|manual_backward|step|zero_grad|learn|fit\w*|train\w*|optimi[sz]e\w*|minimize|attack|perturb|attribute|explain)$/;
const HARMLESS_CALLEE = pattern()`
  ^(?:
    print|len|float|int|str|bool|list|tuple|dict|set|zip|enumerate|range|sum|max|min|abs|round|sorted|
    torch\.|torchvision\.|transformers\.|timm\.|numpy\.|math\.|PIL\.|pandas\.|time\.|sklearn\.metrics\.
  )
`;
/** Methods of tensors, lists and strings. */
const HARMLESS_METHODS = pattern()`
  ^(?:
    to|cuda|cpu|float|double|half|long|int|bool|type|type_as|item|tolist|numpy|detach|clone|
    arg(?:max|min|sort)|max|min|sum|mean|std|abs|exp|log|softmax|log_softmax|sigmoid|relu|squeeze|unsqueeze|
    view|view_as|reshape|permute|transpose|flatten|contiguous|repeat|expand|size|dim|topk|sort|eq|ne|gt|lt|
    ge|le|round|clamp|gather|append|extend|add|format|join|items|keys|values|get|split|strip
  )$
`;

/**
 * The output cannot reach a backward pass: nothing trains in the file, its function hands nothing out, and the
 * statement calls nothing else that might want gradients.
 */
function staysHere(facts: PythonFacts, call: Call, statement: LogicalLine): boolean {
  if (facts.broken || facts.calls.some(({ method }) => TRAINS.test(method))) return false;
  const models = facts.calls.flatMap(({ method, receiver, targets }) =>
    method === "eval" ? [receiver?.name, ...targets] : [],
  );
  const others = facts.calls.filter(
    ({ range, calleeRange }) =>
      range.start >= statement.start &&
      range.end <= statement.end &&
      !models.includes(facts.text.slice(calleeRange.start, calleeRange.end)),
  );
  if (!others.every(({ callee, method }) => HARMLESS_CALLEE.test(callee) || HARMLESS_METHODS.test(method)))
    return false;
  if (facts.definitions.some(({ bases }) => bases.some((base) => /Function$|LightningModule$/.test(base))))
    return false;
  if (call.inFunction === undefined) return true;
  const name = call.inFunction.slice(call.inFunction.lastIndexOf(".") + 1);
  const definitions = facts.definitions.filter((each) => each.kind === "function" && each.name === name);
  const around = definitions.find(
    ({ range }) => range.start <= call.range.start && call.range.end <= range.end,
  );
  const method = call.inFunction.includes(".");
  if (around === undefined || method) return false;
  const code = blanked(facts.text.slice(around.range.start, around.range.end));
  return !/\breturn[ \t]+(?!None\b)[^\s#]|\byield\b|\bglobal\b|\bnonlocal\b|\bself\./.test(code);
}
