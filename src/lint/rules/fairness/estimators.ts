/** What libraries call the training of a model, and which of their classes have a `fit` that trains none. */

import { pattern } from "../../pattern.ts";
import { remembered } from "../../remembered.ts";

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
export const PREPARES_BY_NAME = pattern("i")`
  preprocess|transform|scaler|encoder|imputer|vectorizer|tokenizer|explainer|outlier|auto_?encoder|vae$|
  remover$|^syn(?:th\w*)?(?:_model)?$|metric$|distance|scal$|
  ^(?:sc|le|ohe|enc(?:od\w*)?(?:_\w+)?|pca|tfidf|cv_?vec\w*|km|rcf|kmeans|kmode\w*|smote|sm)$
`;

/** Functions and methods of libraries that train a model. */
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

/** Models of statsmodels, which are made with their data. */
export const STATSMODELS = pattern()`
  ^statsmodels\..*(?:
    Logit|Probit|OLS|GLM|GLS|WLS|RLM|GEE|MNLogit|MixedLM|QuantReg|PHReg|Poisson|OrderedModel|
    ConditionalLogit|logit|mnlogit|probit|ols|wls|rlm|glm|gee|mixedlm|quantreg|phreg|poisson
  )(?:\.from_formula)?$
`;

/** Libraries whose classes all prepare data. */
const PREPARES = /^(?:feature_engine|category_encoders)\./;

export const isTrainer = remembered((callee) => TRAINERS.test(callee));
export const isNoModel = remembered((owner) => NOT_A_MODEL.test(owner) || PREPARES.test(owner));
