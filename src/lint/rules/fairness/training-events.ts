/** Where a program fits or evaluates a model that decides something: the calls, and what they are given. */

import { pattern } from "../../pattern.ts";
import { isPredictingMethod } from "../../python/names.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { evaluations } from "./evaluation-events.ts";
import { trainsGraph } from "./graph-training.ts";
import { localTrainer } from "./local-trainers.ts";
import { ownAlgorithm, ownStep } from "./own-algorithms.ts";
import { asksPlatform, createsModel, startsJob } from "./remote-training.ts";
import { eventOf, type TrainingEvent } from "./training-event.ts";

/** Classes with a `fit` that decide nothing: scalers, encoders, decompositions, clustering, resampling, tokenizers, survival of everybody. */
const NOT_A_MODEL = pattern()`
  (?:
    Scaler|(?<!Cross)Encoder|Binarizer|Imputer|Transformer|Vectorizer|Normalizer|Discretizer|
    PolynomialFeatures|Selector|Select\w+|RFE|RFECV|VarianceThreshold|PCA|SVD|NMF|FastICA|
    LatentDirichletAllocation|TSNE|UMAP|Isomap|MDS|KMeans|MiniBatchKMeans|KModes|KPrototypes|KMedoids|
    AffinityPropagation|DBSCAN|OPTICS|AgglomerativeClustering|Birch|MeanShift|SpectralClustering|
    GaussianMixture|KernelDensity|NearestNeighbors|ColumnTransformer|FeatureUnion|Tokenizer|SMOTE\w*|ADASYN|
    RandomOverSampler|RandomUnderSampler|Outlier(?:VAE|AE|AEGMM|VAEGMM|Seq2Seq)|
    (?<!GLRM|BRCG|TED_Cartesian)Explainer|AnchorTabular|LimeEncoder|ImageDataGenerator|TextVectorization|
    Normalization|StringLookup|Reweighing|DisparateImpactRemover|IsolationForest|RandomCutForest|
    LocalOutlierFactor|OneClassSVM|KaplanMeierFitter|
    (?:Weibull|Exponential|LogNormal|LogLogistic|GeneralizedGamma|PiecewiseExponential|MixtureCure|
      AalenJohansen|BreslowFlemingHarrington|ParametricUnivariate|ParametericUnivariate)Fitter|
    MCA|FAMD|FactorAnalysis|NelsonAalenFitter|Prophet|ARIMA|SARIMAX|ExponentialSmoothing|AutoReg|
    DataMinimizer|Word2Vec|Doc2Vec|ScorecardMonitoring|nannyml\.\w+|\w*Indexer|
    H2O(?:IsolationForest|ExtendedIsolationForest|KMeans|PrincipalComponentAnalysis|GeneralizedLowRank|
      Word2vec|AutoEncoder|SingularValueDecomposition)Estimator|
    OptimalBinning|BinningProcess|Anonymize\w*|preprocessing\.(?:\w+\.)*\w+|
    yellowbrick\.(?:features|text|target|cluster)\.(?:\w+\.)*\w+|CTGAN\w*|TVAE|GaussianCopula\w*|Synthesizer
  )(?:$|\.)
`;

/** Names of what prepares data, where nothing says its class. */
const PREPARES_BY_NAME = pattern("i")`
  preprocess|transform|scaler|encoder|imputer|vectorizer|tokenizer|explainer|outlier|auto_?encoder|vae$|
  remover$|^syn(?:th\w*)?(?:_model)?$|metric$|distance|scal$|
  ^(?:sc|le|ohe|enc(?:od\w*)?(?:_\w+)?|pca|tfidf|cv_?vec\w*|km|rcf|kmeans|kmode\w*|smote|sm)$
`;

const TRAINERS = pattern()`
  ^(?:
    xgboost\.(?:train|cv)|
    lightgbm\.(?:train|cv)|
    catboost\.(?:train|cv)|
    sklearn\.(?:model_selection|cross_validation|learning_curve)\.(?:cross_val_score|cross_validate|
      cross_val_predict|learning_curve|validation_curve|permutation_test_score)|
    pycaret\.(?:\w+\.)+(?:compare_models|create_model|tune_model)|
    (?:transformers|setfit)\.\w*Trainer\.train|
    ydf\.\w+\.train|
    ultralytics\.\w+\.train|
    ludwig\..*\.(?:train|experiment)|
    evalml\..*\.search|
    lightautoml\..*\.fit_predict|
    simpletransformers\..*\.train_model|
    fasttext\.train_supervised|
    nltk\..*Classifier\.train|
    river\..*\.learn_(?:one|many)|
    pygam\..*\.gridsearch|
    vowpalwabbit\..*\.learn|
    optax\.apply_updates|
    h2o\..*\.train|
    tensorflow\.estimator\..*\.train|
    tensorflow\.(?:compat\.v1\.)?estimator\.train_and_evaluate|
    tensorflow\.(?:compat\.v1\.)?train\.\w*Optimizer\.minimize|
    interpret\..*\.fit|
    autogluon\..*\.fit|
    snapml\..*\.fit|
    secretflow\w*\.(?:\w+\.)*[A-Z]\w*\.train|
    bambi\..*\.fit|
    healthcareai\.\w*Trainer\.(?:knn|ensemble|random_forest|logistic_regression|linear_regression|
      lasso_regression)|
    pymc3?\.(?:sample|fit)|
    (?:num)?pyro\.(?:\w+\.)*(?:SVI\.(?:step|run)|MCMC\.run)|
    piml\.(?:\w+\.)*Experiment\.(?:model_train|model_tune|model_register)|
    autoviml\.(?:\w+\.)*Auto_ViML|
    hypergbm\.make_experiment|
    Orange\.(?:\w+\.)*(?:CrossValidation|TestOnTestData)|
    weka\.classifiers\.Classifier\.build_classifier|
    pennylane\.(?:\w+\.)*\w*Optimizer\.step\w*|
    jaxopt\..*\.run|
    azureml\..*\.AutoMLConfig|
    azure\.ai\.ml\.automl\.(?:classification|regression)|
    google\.cloud\.aiplatform\.(?:\w+\.)*AutoMLTabularTrainingJob\.run|
    pyspark\.ml\.(?:classification|regression)\..*\.fit|
    pyspark\.mllib\..*\.train(?:Classifier|Regressor)?
  )$
`;

const STATSMODELS = pattern()`
  ^statsmodels\..*(?:
    Logit|Probit|OLS|GLM|GLS|WLS|RLM|GEE|MNLogit|MixedLM|QuantReg|PHReg|Poisson|OrderedModel|
    ConditionalLogit|logit|mnlogit|probit|ols|wls|rlm|glm|gee|mixedlm|quantreg|phreg|poisson
  )(?:\.from_formula)?$
`;

const isTrainer = remembered((callee) => TRAINERS.test(callee));
const isNoModel = remembered((owner) => NOT_A_MODEL.test(owner) || PREPARES.test(owner));
/** Libraries whose classes all prepare data. */
const PREPARES = /^(?:feature_engine|category_encoders)\./;

const FITS = new Set([
  ...["fit", "partial_fit", "train_on_batch", "fit_generator", "fit_on_dataset_path"],
  ...["fit_right_censoring", "fit_left_censoring", "fit_interval_censoring"],
]);

export function trainingEvents(facts: PythonFacts): TrainingEvent[] {
  const events: TrainingEvent[] = [];
  const torch = torchLoop(facts);
  for (const call of facts.calls) {
    const event = fitOf(call, facts) ?? (call === torch ? eventOf("fit", call) : undefined);
    if (event !== undefined && !fillsGaps(event.call, facts)) events.push(event);
  }
  if (events.length === 0 && !facts.calls.some(givesBack)) events.push(...evaluations(facts));
  return events;
}

/** What learns to give back what it is given decides nothing: `encoder.fit(X, X)`. */
const givesBack = ({ method, args: [x, y] }: Call): boolean =>
  method === "fit" && x !== undefined && x.text === y?.text;

/** A model that only fills gaps in the data decides nothing: `df.loc[missing.index, "bmi"] = tree.predict(missing)`. */
function fillsGaps({ receiver }: Call, { assignments, columns, predictions }: PythonFacts): boolean {
  const model = receiver?.name;
  if (model === undefined) return false;
  return assignments.some(
    ({ target, column, value, order }) =>
      column !== undefined &&
      /\.loc\s*\[[^:\s]/.test(target) &&
      predictions.some(({ name, call }) => call.receiver?.name === model && value.reads.includes(name)) &&
      columns.some((each) => each.name === column && each.how !== "assign" && each.order < order),
  );
}

function fitOf(call: Call, facts: PythonFacts): TrainingEvent | undefined {
  const x =
    call.args[0] ??
    call.keywords.get("X") ??
    call.keywords.get("x") ??
    call.keywords.get("train_data") ??
    call.keywords.get("training_data") ??
    call.keywords.get("inputs");
  const y = call.args[1] ?? call.keywords.get("y");
  if (isTrainer(call.callee)) {
    if (isNoModel(call.callee.slice(0, -call.method.length - 1))) return undefined;
    const offset = call.callee.startsWith("sklearn.") ? 1 : 0;
    return eventOf("fit", call, call.args[offset], call.args[offset + 1] ?? y);
  }
  if (FITS.has(call.method)) return givesBack(call) ? undefined : fitMethod(call, facts, x, y);
  if (call.method === "fit_predict" || call.method === "fit_transform") return undefined;
  if (
    isSearch(call, x, y) ||
    learnsPolicy(call) ||
    isFastaiFit(call) ||
    createsModel(call) ||
    asksPlatform(call) ||
    runsInMagic(call) ||
    startsJob(call) ||
    trainsGraph(call, facts)
  )
    return eventOf("fit", call, x, y);
  return localTrainer(call, facts, x, y);
}

/** Keras Tuner trains each candidate: `tuner.search(X_train, y_train, epochs=5)`. */
function isSearch(call: Call, x: Value | undefined, y: Value | undefined): boolean {
  return (
    call.method === "search" &&
    /^(?:keras_tuner|kerastuner)\./.test(call.receiver?.call?.callee ?? call.callee) &&
    (y !== undefined || x !== undefined)
  );
}

/** Stable Baselines learns what to do with each: `agent.learn(total_timesteps=10_000)`. */
const learnsPolicy = ({ method, keywords }: Call): boolean =>
  method === "learn" && keywords.has("total_timesteps");

/** Of a notebook that was turned into a program: `get_ipython().run_line_magic("time", "model.fit(X, y)")`. */
function runsInMagic({ method, args }: Call): boolean {
  const code = /^run_(?:line|cell)_magic$/.test(method) ? args.at(-1)?.literal : undefined;
  return typeof code === "string" && /\.fit\([^\n]*,/.test(code);
}

/** fastai: `tabular_learner(dls).fit_one_cycle(3)`. */
function isFastaiFit({ method, receiver, callee }: Call): boolean {
  return (
    /^(?:fit_one_cycle|fine_tune|fit_flat_cos|fit_onecycle|autofit)$/.test(method) &&
    (/^(?:fastai|ktrain)\./.test(callee) || /learn/i.test(receiver?.call?.callee ?? receiver?.name ?? ""))
  );
}

function fitMethod(
  call: Call,
  facts: PythonFacts,
  x: Value | undefined,
  y: Value | undefined,
): TrainingEvent | undefined {
  const owner = call.callee.slice(0, -call.method.length - 1);
  const madeBy = call.receiver?.call?.callee ?? "";
  if (
    isNoModel(owner) ||
    isNoModel(madeBy) ||
    (call.receiver?.name !== undefined && autoencodersOf(facts).has(call.receiver.name)) ||
    PREPARES_BY_NAME.test(call.receiver?.name ?? "")
  )
    return undefined;
  // A step of preparation that fits itself, or the parts it is made of.
  if (call.receiver?.name === "self" && /(?:^|\.)fit_transform$/.test(call.inFunction ?? ""))
    return undefined;
  if (isOwnTransformer(owner, facts) || (y === undefined && onlyTransforms(call, facts))) return undefined;
  if (facts.definitions.some(({ name, bases }) => name === owner && bases.some(isNoModel))) return undefined;
  const [, within] = /^(.+)\.(?:fit|fit_transform)$/.exec(call.inFunction ?? "") ?? [];
  if (within !== undefined && isOwnTransformer(within, facts)) return undefined;
  // A pipeline in a module for preparation ends in no model, where nothing says that it does.
  if (
    /Pipeline$/.test(owner) &&
    /preprocess|feature_?eng/i.test(facts.file) &&
    !/model|clf|classif|regress|estimator/i.test(
      `${call.receiver?.name} ${call.receiver?.call?.args[0]?.text}`,
    )
  )
    return undefined;
  // An analysis of variance explores data.
  if (STATSMODELS.test(madeBy) && facts.calls.some(({ method }) => method === "anova_lm")) return undefined;
  if (STATSMODELS.test(madeBy))
    return eventOf("fit", call, call.receiver?.call?.args[1], call.receiver?.call?.args[0]);
  if (x === undefined && !call.hasUnknownArguments && !hasTrainingKeywords(call)) return undefined;
  // An object of which nothing is known is a model when it gets examples and labels, or epochs.
  if (owner === "?" && y === undefined && !call.hasUnknownArguments && !hasTrainingKeywords(call)) {
    if (
      !/model|clf|classifier|regressor|grid|search|pipe|xgb|lgb|cat|forest|tree|net\b|learn/i.test(
        call.receiver?.name ?? "",
      )
    )
      return undefined;
  }
  return eventOf("fit", call, x, y);
}

const autoencoders = new WeakMap<PythonFacts, ReadonlySet<string>>();

/** Names that a function of autoencoders makes, also where they are bound again later. */
function autoencodersOf(facts: PythonFacts): ReadonlySet<string> {
  const known = autoencoders.get(facts);
  if (known !== undefined) return known;
  const made = facts.assignments.filter(({ value }) => /^auto_?encoder\(/i.test(value.text));
  const found = new Set(made.map(({ target }) => target));
  autoencoders.set(facts, found);
  return found;
}

/** A class of this file that transforms and does not predict. */
function isOwnTransformer(owner: string, { definitions }: PythonFacts): boolean {
  const own = definitions.find(({ kind, name }) => kind === "class" && name === owner);
  if (own === undefined) return false;
  const has = (method: RegExp) =>
    definitions.some(
      ({ kind, name, range }) =>
        kind === "function" &&
        own.range.start <= range.start &&
        range.end <= own.range.end &&
        method.test(name),
    );
  return has(/(?:^|\.)transform$/) && !has(/(?:^|\.)(?:predict|predict_proba|score)$/);
}

/** A step of preparation by what it is asked for afterwards: `deriver.fit(X)`, then `deriver.transform(X)`. Spark's models transform. */
function onlyTransforms({ receiver, callee }: Call, { calls }: PythonFacts): boolean {
  const name = receiver?.name;
  if (name === undefined || /^(?:pyspark|synapse|h2o)\b/.test(callee)) return false;
  const asked = new Set(calls.flatMap((each) => (each.receiver?.name === name ? [each.method] : [])));
  return (
    asked.has("transform") && ![...asked].some((method) => isPredictingMethod(method) || method === "score")
  );
}

function hasTrainingKeywords(call: Call): boolean {
  // Libraries name their parts of the data: `X_tab`, `X_wide`, `X_train`.
  return [...call.keywords.keys()].some((name) =>
    /^(?:epochs|n_epochs|eval_set|validation_data|sample_weight|time_limit|train|train_data\w*|train_path|datamodule|X_\w+|target|event_col)$/.test(
      name,
    ),
  );
}

/** The step of a hand-written loop: `loss.backward()` with an optimizer's `step()`, or `apply_gradients` of Keras and Flax. */
function torchLoop(facts: PythonFacts): Call | undefined {
  const applied = facts.calls.find(({ method }) => method === "apply_gradients");
  if (applied !== undefined) return makesExamples(facts) ? undefined : applied;
  const backward = facts.calls.find(
    ({ method, args, receiver }) =>
      method === "backward" && (args.length === 0 || /accelerator|fabric/.test(receiver?.name ?? "")),
  );
  const step = facts.calls.some(
    ({ method, receiver }) => method === "step" && /optim|opt\b|opt_/i.test(receiver?.name ?? ""),
  );
  const found = step ? backward : (ownBackpropagation(facts) ?? ownAlgorithm(facts) ?? ownStep(facts));
  return found !== undefined && !makesExamples(facts) ? found : undefined;
}

/** A network that the program writes out itself, in NumPy: `self.back_propagation(Z1, A1)`. */
function ownBackpropagation({ calls, definitions }: PythonFacts): Call | undefined {
  const found = calls.find(({ method }) => /^_*back_?prop(?:agat\w*)?$/i.test(method));
  return found !== undefined &&
    definitions.some(({ name }) => name === found.method || name.endsWith(`.${found.method}`))
    ? found
    : undefined;
}

/** The losses of the two sides of a generator's training: "g_loss", "errD", "self.loss_G". */
const OF_GENERATOR =
  /(?:^|\.)(?:(?:loss|err)_?[GD](?:_\w+)?|[gdGD]_?loss\w*|(?:gen(?:erator)?|disc(?:riminator)?)(?:_\w+)?_loss)$/;

const READS_DATA = /(?:^|\.)(?:Dataset|IterableDataset|Sequence|PyDataset|DataGenerator)$/;

/** The parts of generators and autoencoders, and no model that decides. */
function makesExamples({ definitions, calls }: PythonFacts): boolean {
  if (calls.some(({ method, receiver }) => method === "backward" && OF_GENERATOR.test(receiver?.name ?? "")))
    return true;
  // What reads the data in batches is called a generator, too: `class DataGenerator(Dataset)`.
  const classes = definitions
    .filter(({ kind, bases }) => kind === "class" && !bases.some((base) => READS_DATA.test(base)))
    .map(({ name }) => name);
  return (
    classes.some((name) => /VAE|auto_?encoder|generator$|discriminator/i.test(name)) &&
    !classes.some((name) => /classif|predict|regress|mlp/i.test(name))
  );
}
