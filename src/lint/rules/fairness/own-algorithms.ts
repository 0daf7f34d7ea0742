/** Models that a program writes out itself, without a library's `fit`: `Naive_Bayes_Test(loans)`. */

import { pattern } from "../../pattern.ts";
import { lastPart } from "../../python/names.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { wordsOf } from "./words.ts";

const ALGORITHM = pattern()`
  ^(?:(?:train|fit|run|test|evaluate|my|own|custom|simple|gaussian|multinomial|batch|
    stochastic)_)*(?:(?:logistic|linear|softmax)_regression|
  naive_?bayes|decision_tree|random_forest|neural_network|perceptron|svm|knn|k_nearest_neighbou?rs?|
  grad(?:ient)?_descent|(?:build|grow|create)_(?:decision_)?tree|
  id3)(?:_(?:train|fit|test|run|classifier|model|from_scratch))*$
`;
/** `NaiveBayes` is a class, whose `fit` is read. */
const IS_FUNCTION = /_|^[a-z]/;

const isNamedAlgorithm = remembered((method) => IS_FUNCTION.test(method) && ALGORITHM.test(wordsOf(method)));

const LIBRARIES =
  /^(?:sklearn|torch|tensorflow|keras|xgboost|lightgbm|catboost|statsmodels|pyspark|jax|flax|h2o|mxnet|fastai|cuml)\b/;

/** The call that trains such a model: of a function of this file, or of a sibling that is given a frame. */
export function ownAlgorithm({ calls, definitions, imports }: PythonFacts): Call | undefined {
  const found = calls.filter(({ method, receiver }) => receiver === undefined && isNamedAlgorithm(method));
  if (found.length === 0 || imports.some(({ module }) => LIBRARIES.test(module))) return undefined;
  const isOwn = ({ method }: Call) => definitions.some(({ name }) => name === method);
  const isGivenFrame = ({ args }: Call) => args.some(({ name = "" }) => FRAME.test(name));
  return found.find((call) => isOwn(call) || isGivenFrame(call));
}

const FRAME = /^(?:df\w*|data|dataset|train|(?:\w+_)?(?:df|frame)|train_(?:data|set)|[xX]_?train)$/;

/**
 * A step of a fit that is written out in NumPy: the gradient `np.dot(X.T, p - y)`, Newton's `np.dot(np.linalg.inv(H), g)`,
 * a minimizer that is given examples and labels.
 */
export function ownStep({ calls, assignments }: PythonFacts): Call | undefined {
  const found = calls.find(
    (call) => (/^(?:dot|matmul)$/.test(call.method) && isStep(call)) || minimizesOverExamples(call),
  );
  if (found !== undefined) return found;
  // With the operator there is no call: that of the function around it stands for the step, or the one before it.
  const step = assignments.find(({ value }) => BY_OPERATOR.test(value.text));
  if (step === undefined) return undefined;
  const around = lastPart(step.inFunction ?? "");
  return calls.find(({ method }) => method === around) ?? calls.findLast(({ order }) => order <= step.order);
}

/** `X.T @ (p - y)` */
const BY_OPERATOR =
  /\.T\s*@\s*(?:\([\w.]{1,40}(?:\([^()]{0,80}\))? - [\w.]{1,40}\)|(?:\w+_)?(?:errors?|residuals?)\b)/;

function isStep({ args, receiver }: Call): boolean {
  const [left, right] = args.length > 1 ? args : [receiver, args[0]];
  if (left === undefined || right === undefined) return false;
  if (/^numpy\.linalg\.(?:p?inv|solve)$/.test(left.call?.callee ?? "")) return true;
  return /^[\w.[\]"']+\.T$|^(?:np|numpy)\.transpose\(/.test(left.text) && RESIDUAL.test(right.text);
}

const RESIDUAL = /^\(?[\w.]+(?:\([^()]{0,80}\))? - [\w.]+\)?$|^(?:\w+_)?(?:errors?|residuals?|diff|delta)$/;

function minimizesOverExamples({ callee, keywords }: Call): boolean {
  if (!/^scipy\.optimize\.(?:minimize|fmin\w*)$/.test(callee)) return false;
  const given = keywords.get("args")?.items ?? [];
  const isGiven = (name: RegExp) => given.some((each) => name.test(each.name ?? ""));
  return isGiven(/^[xX](?:_\w+)?$/) && isGiven(/^[yY](?:_\w+)?$/);
}
