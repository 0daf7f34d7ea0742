/** Models that a program writes out itself, without a library's `fit`: `Naive_Bayes_Test(loans)`. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { wordsOf } from "./words.ts";

const ALGORITHM =
  /^(?:(?:train|fit|run|test|evaluate|my|own|custom|simple|gaussian|multinomial|batch|stochastic)_)*(?:(?:logistic|linear|softmax)_regression|naive_?bayes|decision_tree|random_forest|neural_network|perceptron|svm|knn|k_nearest_neighbou?rs?|gradient_descent)(?:_(?:train|fit|test|run|classifier|model|from_scratch))*$/;
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
