/** What a program's comments and prose say that the numbers of its label stand for: "1 = defaulted", "admitted (1)", "录取为1". */

import { pattern } from "../../pattern.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import type { Named } from "./file-columns.ts";
import { isStateOfPerson } from "./label-states.ts";
import { targetKind } from "./lexicon.ts";
import { wordsOf } from "./words.ts";

/** "0 = no stroke", "1: defaulted", "1 means that the patient has diabetes" */
const NUMBER_FIRST =
  /(?<![\w.=-])[01]["'`)]?(?: ?={1,2}>? ?| ?[:–→] ?| -+>? ?| (?:means|indicates|represents|stands for|is|for|if|when) )["'`(]?([A-Za-z][A-Za-z '’-]{2,60})/g;
/** "admitted = 1", "stroke (1)" */
const STATE_FIRST = /([A-Za-z][A-Za-z -]{2,40}?)["'`]?(?: ?={1,2} ?|: ?| ?\( ?| as | is )[01](?![\w.%])/g;
/** "将录取分为成功1，失败0", "1表示违约" */
const CHINESE =
  /(录取|离职|违约|逾期|患病|死亡|复发)[^\n0-9。]{0,8}[:：=为]?[01]|[01][^\n0-9。]{0,4}(录取|离职|违约|逾期|患病|死亡|复发)/;
const LONGEST = 400;
/** Words before a state that name none. */
const BEFORE = pattern()`
  ^(?:
    (?:that|if|when|the|an?|this|patient|person|student|employee|applicant|borrower|customer|loan|candidate|
    is|are|was|were|has|have|had|will|be|not|no|non|did|does|do|t|without|with|likely|to|of|at|risk|in|and|
    or|where|label|target|class|presence|absence)_
  )+
`;
const MOST_WORDS = 3;

/** A state of a person that a number of the label stands for. */
export function codedFate({ comments, prose }: PythonFacts): Named | undefined {
  for (const { text, range } of [...comments, ...prose]) {
    const name = /[01]/.test(text) ? stateIn(text.slice(0, LONGEST)) : undefined;
    if (name !== undefined) return { name, range };
  }
  return undefined;
}

function stateIn(text: string): string | undefined {
  const chinese = CHINESE.exec(text);
  if (chinese !== null) return chinese[1] ?? chinese[2];
  for (const pattern of [NUMBER_FIRST, STATE_FIRST])
    for (const [, said = ""] of text.matchAll(pattern)) {
      const words = wordsOf(said).replace(BEFORE, "").split("_");
      for (let count = Math.min(MOST_WORDS, words.length); count > 0; count--) {
        const state = (pattern === NUMBER_FIRST ? words.slice(0, count) : words.slice(-count)).join("_");
        if (isFate(state, text)) return state;
      }
    }
  return undefined;
}

/** Passengers survive, too. What is a state only beside its opposite: "0 = no default", "0 = graduate". */
const isFate = (words: string, text: string): boolean =>
  isStateOfPerson(words) ||
  targetKind(words) === "high" ||
  (/^defaults?$/.test(words) && /\bno[nt]?[ -]default|\brepa(?:y|id)|\bpaid\b/i.test(text)) ||
  (/^drop_?out$/.test(words) && /\b(?:graduat\w+|enrol\w+|students?)\b/i.test(text));
