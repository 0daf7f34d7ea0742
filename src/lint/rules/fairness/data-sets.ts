/** Public data sets about persons: how code loads them, what their files are called. */

export interface PersonDataSet {
  name: string;
  stakes: "high" | "low";
}

interface Known extends PersonDataSet {
  /** Names of loaders, or what they are given; tested against words joined by "_". */
  loader: RegExp;
  /** File names and addresses in strings. */
  file?: RegExp;
  /** Numbers by which OpenML and UCI know it. */
  openml?: readonly number[];
  uci?: readonly number[];
}

const KNOWN: readonly Known[] = [
  {
    name: "Adult census income",
    stakes: "high",
    loader: /(?:^|_)adult(?:$|_)|census_income|income_census/,
    file: /(?:^|[/_\-\s])adult(?:[_\-.]?(?:census|income|data|test|train|all|uci|clean\w*))*\.(?:csv|data|test|names|zip|parquet|txt|arff)|\badult\/adult|census[_\- ]?income|adult[_\- ]census|(?:^|\/)census(?:[_-]\w+)?\.csv|income_evaluation/i,
    openml: [1590, 179, 43898],
    uci: [2, 20, 117],
  },
  {
    name: "COMPAS recidivism",
    stakes: "high",
    loader: /compas(?:$|_)|recidivism|^load_rossi$/,
    file: /compas[_-]|compas\.csv|recidivism/i,
    openml: [42192, 42193],
  },
  {
    name: "German Credit",
    stakes: "high",
    loader:
      /german(?:$|_credit|_data(?:set|_module)?)|(?:^|_)credit_g(?:$|_)|statlog_german|give_me_some_credit/,
    file: /german[_\- .]?(?:credit|data)|statlog[^"']*german|credit-g\b|german\.(?:csv|data)|south_?german/i,
    openml: [31],
    uci: [144, 573],
  },
  { name: "HMDA mortgages", stakes: "high", loader: /(?:^|_)hmda/, file: /(?<![a-z])hmda/i },
  {
    name: "Home Credit",
    stakes: "high",
    loader: /home_credit/,
    file: /home[_-]credit|application_train|application_test|^SK_ID_CURR$/i,
  },
  {
    name: "LendingClub loans",
    stakes: "high",
    loader: /lending_?club/,
    file: /lending[_\- ]?club|accepted_2007|loan_stats/i,
  },
  {
    name: "credit card default",
    stakes: "high",
    loader: /credit_card_default|default_of_credit_card|taiwan(?:ese)?(?:_|$)|fetch_credit_card/,
    file: /UCI_Credit_Card|default[_ -]of[_ -]credit|credit[_-]?card[_-]?default/i,
    openml: [42477],
    uci: [350],
  },
  {
    name: "Give Me Some Credit",
    stakes: "high",
    loader: /give_me_some_credit/,
    file: /(?<![a-z])cs-training|give[_-]?me[_-]?some/i,
  },
  {
    name: "loan applications",
    stakes: "high",
    loader:
      /loan_(?:approval|prediction|default|eligibility|data|no_history|applicants?)|^(?:load|read)_loans?$/,
    file: /(?:^|[/_\-\s])(?:cr_)?loans?(?:[_\-\s]?\w{1,20})*\.(?:csv|parquet|xlsx?|pkl|json)|(?:bank|home|personal)[_\- ]?loan|credit[_\- ]?(?:risk|scoring|approval|applications?|train\w*|default)\w*\.(?:csv|data|parquet|xlsx?)|(?:^|\/)crx\.data/i,
    uci: [27],
  },
  {
    name: "US census microdata",
    stakes: "high",
    loader:
      /folktables|acs_(?:income|employment|public_coverage|mobility|travel_time|data_source)|acsdata_?source|acsincome|acs_pums|fetch_acs/,
  },
  {
    name: "LSAC bar passage",
    stakes: "high",
    loader: /law_?school|(?:^|_)lsac|bar_pass/,
    file: /bar_pass|law_?school|(?<![a-z])lsac/i,
    openml: [43890, 43904],
  },
  {
    name: "US hospital readmission",
    stakes: "high",
    loader: /diabetes_hospital|diabetes_?130|readmission/,
    file: /diabetic_data|diabetes[_-]?130|readmission/i,
    uci: [296],
    openml: [43874, 43903],
  },
  {
    name: "Pima diabetes",
    stakes: "high",
    loader: /(?:^|_)pima(?:_|$)|(?:^|_)diabetes_binary|cdc_diabetes/,
    file: /(?<![a-z])pima(?![a-z])|(?:^|[/_-])diabetes(?:[_-][\w]+)?\.csv|diabetes_binary/i,
    openml: [37],
    uci: [891, 34],
  },
  {
    name: "heart disease",
    stakes: "high",
    loader:
      /heart_(?:disease|failure|attack|statlog|cleveland)|(?:^|_)heart(?:$|_dataset)|clinical_records|nhanes(?:i)?(?:$|_)|cardiovascular/,
    file: /(?:^|[/_-])heart(?:[_\-.]\w+)*\.(?:csv|data|arff)|heart[_-](?:disease|failure|attack)|cardio_train|cardiovascular|processed\.cleveland|framingham|clinical_records/i,
    openml: [53, 43944, 43672],
    uci: [45, 519, 145],
  },
  {
    name: "stroke",
    stakes: "high",
    loader: /(?:^|_)stroke_(?:prediction|data)|healthcare_stroke/,
    file: /(?<![a-z])stroke[_\-\w]*\.csv|healthcare-dataset/i,
  },
  {
    name: "medical expenditure",
    stakes: "high",
    loader: /(?:^|_)meps(?:_?dataset)?\d*/,
    file: /h181\.csv|h192\.csv/i,
  },
  {
    name: "medical insurance charges",
    stakes: "high",
    loader: /insurance_(?:charges|cost)/,
    file: /(?:^|[/_-])(?:medical[_-])?insurance\.csv|medical[_-]cost/i,
  },
  {
    name: "motor insurance claims",
    stakes: "high",
    loader: /fre_?mtpl/,
    file: /freMTPL/i,
    openml: [41214, 41215],
  },
  {
    name: "HR attrition",
    stakes: "high",
    loader: /hr_attrition|employee_attrition|ibm_hr/,
    file: /HR[_-]?Employee|employee[_-]?attrition|HR_comma_sep|WA_Fn-UseC_-HR|hr[_-](?:data|analytics|attrition)\w*\.csv|recruitment_?data|aug_train\.csv|placement_?data/i,
  },
  {
    name: "student performance",
    stakes: "high",
    loader: /student_(?:performance|dropout|por|mat)|student_admission/,
    file: /students?[_ -]?(?:mat|por|performance|data|dropout|scores?|grades?|marks|exam|habits)[\w-]*\.csv|StudentsPerformance|admission_predict/i,
    uci: [320, 697],
    openml: [42351, 42352],
  },
  {
    name: "employee and job records",
    stakes: "high",
    loader: /(?:^|_)kdd_census|employment_data/,
    file: /(?:^|\/)employees?[_-]?(?:data(?:set)?|records|performance|promotion)[\w-]*\.(?:csv|xlsx?|parquet)/i,
  },
  {
    name: "Telco churn",
    stakes: "low",
    loader: /telco(?:_customer)?_churn|customer_churn/,
    file: /(?<![a-z])Telco(?![a-z])|churn[_\-\w]*\.csv|WA_Fn-UseC_-Telco/i,
  },
  {
    name: "bank marketing",
    stakes: "low",
    loader: /bank_marketing|(?:^|_)bank_dataset|fetch_bank/,
    file: /bank[_-](?:marketing|full|additional)|(?:^|\/)bank\.csv/i,
    openml: [1461, 44096],
    uci: [222],
  },
  {
    name: "patient records",
    stakes: "high",
    loader: /(?:^|_)(?:mimic(?:_?(?:iii|iv|3|4))|eicu)(?:_|$)/,
    file: /indian_liver|(?<![a-z])ilpd\b|liver[_ -]?(?:patient|disease)|hypothyroid|thyroid[_ -]?(?:disease|data|diff)|kidney[_ -]?disease|chronic_kidney|(?:^|\/)hepatitis\.|obesity[_-]?data|alzheimers?_disease_data|oasis_(?:cross|long)|KaggleV2-May|no[-_]?show|lung[_ ]cancer|lung-cancer\.csv|parkinsons?(?:[_-]disease)?(?:[_-]data)?\.(?:csv|data)|(?:^|\/)cirrhosis\.|maternal[_ -]health[_ -]risk|sleep[_ -]health[_ -]and|insurance_claims\.csv|fraud_oracle|autism[_ -]?(?:screening|data|prediction)|brfss|(?<![a-z])metabric|(?:^|\/)support2\.csv|PCOS_data|mental[-_ ]health[-_ ]in[-_ ]tech|depression[_ ](?:data|dataset)|mimic[-_]?(?:iii|iv|3|4)(?![\w-]*cxr)/i,
    uci: [225, 336, 915, 544],
  },
  {
    name: "biographies and occupations",
    stakes: "high",
    loader: /bias_in_bios/,
    file: /bias[_-]in[_-]bios/i,
  },
  {
    name: "faces with age, gender and race",
    stakes: "high",
    loader: /(?:^|_)(?:utk_?face|fair_?face)(?:_|$)/,
    file: /utk_?face|(?<![a-z])fair_?face/i,
  },
  {
    name: "FICO's HELOC applications",
    stakes: "high",
    loader: /(?:^|_)heloc(?:$|_)/,
    file: /(?<![a-z])heloc(?![a-z])/i,
  },
  {
    name: "NHANES health survey",
    stakes: "high",
    loader: /(?:^|_)nhanes(?:_|$)/,
    file: /(?<![a-z])nhanes(?![a-z])/i,
  },
  {
    name: "credit card applications",
    stakes: "high",
    loader: /credit_card_approval/,
    file: /application_record|credit_record\.csv|credit[_-]?card[_-]?approval|prosper[_-]?loan/i,
  },
  {
    name: "students of online courses",
    stakes: "high",
    loader: /(?:^|_)oulad(?:_|$)/,
    file: /(?<![a-z])oulad(?![a-z])|studentInfo\.csv|xAPI-Edu/i,
  },
  {
    name: "salaries of jobs",
    stakes: "high",
    loader: /^(?:load|fetch)_salar(?:y|ies)$/,
    file: /(?:^|\/)ds_salaries|(?:^|\/)jobs_in_data|survey_results_public/i,
  },
  {
    name: "resumes",
    stakes: "high",
    loader: /resume_data_?set/,
    file: /resume[_-]?data[_-]?set/i,
  },
  { name: "Dutch census", stakes: "high", loader: /dutch_?census/, file: /dutch_census/i },
];

/** By a loader's name or the name it is given: "fetch_adult", "adult", "GermanDataset". Words joined by "_". */
export function dataSetByLoader(words: string): PersonDataSet | undefined {
  return KNOWN.find(({ loader }) => loader.test(words));
}

/** Names of files written without separators: "adultincomedataset.csv". */
const COMPACT: readonly [RegExp, string][] = [
  [
    /adult(?:income|census|data|train|test)|censusincome|incomecensus|incomeprediction/,
    "Adult census income",
  ],
  [/germancredit|creditgerman/, "German Credit"],
  [
    /(?:loan|mortgage|credit)(?:data|pred|approv|default|risk|status|eligib|applic|train|test|scor)/,
    "loan applications",
  ],
  [/heart(?:data|disease|failure|attack)|cardio(?:vascular|data|train)/, "heart disease"],
  [/(?<!key)stroke(?:data|pred)/, "stroke"],
  [/(?:employee|hr)attrition|hranalytics|hiringdata|recruitment(?:data)?/, "HR attrition"],
  [/student(?:performance|dropout|admission)|admissionpredict/, "student performance"],
  [/diabetes(?:data|pred|health)/, "Pima diabetes"],
  [
    /(?:medical|health)(?:insurance|cost)|insurance(?:data|cost|charges|claims?)/,
    "medical insurance charges",
  ],
  [/(?:customer|telco|bank)churn|churn(?:data|model|pred)/, "Telco churn"],
];

/** By a file's name or address. */
export function dataSetByFile(text: string): PersonDataSet | undefined {
  if (text.length > 300) return undefined;
  const known = KNOWN.find(({ file }) => file?.test(text));
  const name = /([^/\\]+)\.(?:csv|tsv|data|xlsx?|parquet|feather|arff|zip|json|pkl)$/i.exec(text)?.[1];
  if (known !== undefined || name === undefined) return known;
  const compact = name.toLowerCase().replace(/[^a-z]/g, "");
  const found = COMPACT.find(([pattern]) => pattern.test(compact))?.[1];
  return KNOWN.find((entry) => entry.name === found);
}

export function dataSetByNumber(registry: "openml" | "uci", number: number): PersonDataSet | undefined {
  return KNOWN.find((known) => known[registry]?.includes(number));
}
