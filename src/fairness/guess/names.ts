/** Names that columns of scored tables go by. `words` are lower-case words joined by "_". */

const LABEL =
  /^(?:y|ys|y_true|ytrue|y_test|y_actual|labels?|true_labels?|label_value|target|targets|class|classes|true_class|outcome|truth|ground_truth|gt|gold|actual|actuals|actual_class|observed|expected|response)$/;

const PREDICTION =
  /^(?:y_?pred(?:icted|iction|s)?|y_?hat|yhat|hat|preds?|predict(?:ed|ions?)?|decision|decided|model_(?:output|decision))$|(?:^|_)(?:pred|predicted|prediction)(?:_|$)|_hat$/;

const SCORE =
  /(?:^|_)(?:scores?|prob|probs|proba|probas|probability|probabilities|logit|logits|confidence|likelihood|propensity)(?:_|$)|^p(?:_?1|_hat|hat)?$|^decile/;

/** Weights of rows; a plain `weight` may be a person's. */
const WEIGHT =
  /^(?:(?:sample|instance|row|case|survey|importance|observation|person)_(?:weights?|wt|wgt)|weights|wts?|pwgtp|perwt)$/;

/** Outcomes that are bad for the person whom they are predicted of. */
const BAD =
  /(?:^|_)(?:recid\w*|reoffen\w*|rearrest\w*|arrest\w*|default\w*|delinquen\w*|dlqin\w*|bad|fraud\w*|risk|churn\w*|attrition|dropout|drop_out|death|died|mortality|disease|cancer|diabetes|stroke|readmi\w*|violent|reject\w*|denied|deny|denial|refus\w*|bankrupt\w*|toxic|unpaid|late|claim|fail\w*|high_risk|not_fully_paid|exited|left)(?:_|$)/;

/** Labels that can be nothing else; `class` and `target` may also be a feature. */
const PLAIN_LABEL = /^(?:y_true|ytrue|true_labels?|label_value|labels?|ground_truth|truth|true_class)$/;

/** Columns that a person made to group by. */
const GROUP =
  /^(?:groups?|subgroup|demographic|demographic_group|protected|protected_attribute|sensitive|sensitive_attribute|sensitive_feature|cohort)$/;

export const isPlainLabel = (words: string): boolean => PLAIN_LABEL.test(words);
export const isGroupName = (words: string): boolean => GROUP.test(words);
export const isLabelName = (words: string): boolean => LABEL.test(words);
export const isPredictionName = (words: string): boolean => PREDICTION.test(words);
export const isScoreName = (words: string): boolean => SCORE.test(words);
export const isWeightName = (words: string): boolean => WEIGHT.test(words);
/** Of a column, or of the class that is predicted. */
export const isBadOutcome = (words: string): boolean => BAD.test(words);
