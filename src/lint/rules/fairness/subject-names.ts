/** Names that are a subject about persons: of models, packages, runs, functions and classes, as words joined by "_". */

import { remembered } from "../../remembered.ts";

/** What nothing else is called for. */
const SUBJECT = [
  "sepsis|mortality|readmission|recidivism|diabet(?:es|ic)|heart_(?:disease|failure|attack)|cardiovascular_(?:disease|risk)",
  "credit_(?:risk|scor(?:e|ing|er)|default)|loan_(?:default|approval|eligibility|risk|status)",
  "attrition|employee_(?:churn|turnover|retention|exit)|(?:student|academic)_(?:performance|dropout|success)|student_(?:grades?|marks)",
  "dementia|depression|alzheimers?|parkinsons?|suicid(?:e|al)|(?:kidney|liver|thyroid|gallbladder)_disease|lung_cancer|ckd",
  "length_of_stay|stroke_(?:risk|prediction|predictor)|patient_(?:outcomes?|survival|risk|readmission)|maternal_health",
  "(?:insurance|medical)_(?:charges|costs?|premiums?)|(?:census|adult)_income|income_(?:bracket|classifi\\w+|predict\\w+)|(?:resumes?|applicants?)_(?:rank\\w*|scor(?:er|ing)|screen\\w*|match\\w*|classif\\w*)",
].join("|");

/** What is decided about persons, where a model is called for it: "loan_model", "salary_predictor"; "credit_card" is none. */
const DECIDED =
  "credit(?!_card)|loan|borrower|applicant|mortgage|lending|underwriting|(?<!brush_|pen_)stroke|salary|wage|income|compas|parole|employee|patient|readmit|bnpl|micro_?(?:loan|credit|finance)|ehr|icu|heart|kidney|liver|thyroid|hiring|recruitment|insurance|obesity|hypertension|asthma|autism|cardio(?:vascular)?|mental_health|admissions?";
const MODEL =
  "models?|classifiers?|classification|predict(?:or|ion|ions|ing)?|regress(?:or|ion)|estimators?|trainer|pipeline|experiments?|xgb(?:oost)?|lgbm?|catboost|rf|random_forest|svm|svc|logreg|logistic|nn|mlp|lstm|gru|rnn|transformer|net(?:work)?|clf|scorer|scorecard|risk(?!_free)|approval|eligibility";

/** The other way round, at the end of a name: "model_heart", "xgb_loan_v2". */
const KIND =
  "models?|classifiers?|predictor|regressor|estimator|xgb(?:oost)?|lgbm?|catboost|rf|random_forest|svm|logreg";

const OF_PERSONS = new RegExp(
  `(?:^|_)(?:${SUBJECT}|(?:${DECIDED})_(?:[a-z\\d]+_)?(?:${MODEL}))(?:_|$)|(?:^|_)(?:${KIND})_(?:${DECIDED})(?:_(?:v?\\d+|final|best|new|pkl|joblib|sav|h5))?$`,
);

/** "heart_disease_model", "diabetes_pipeline", "salary_predictor" */
export const isNameOfSubject = remembered((words) => OF_PERSONS.test(words));
