/** What prose, comments, titles and paths say a program is about. */

import { lines, pattern } from "../../pattern.ts";
import { remembered } from "../../remembered.ts";

const DISEASES = lines`
  diabetes|heart attacks?|hepatitis|parkinson|alzheimer|dementia|depression|autis[mt]|sepsis|septic shock|
  preeclampsia|schizophrenia|suicid(?:e|al)|heart (?:disease|failure)|kidney disease|tuberculosis|
  hypertension|asthma|sleep apno?ea|preterm birth|delirium|copd|adhd|ptsd
`;
/** Between a verb and what it finds: "detecting early signs of". */
const OF =
  "(?:(?:of|for|the|an?|early|signs?|symptoms?|risk|onset|presence|whether|which|if|patients?|people|persons|with|has|have|from)[ _-]){0,5}";
const PERSON =
  "(?:patient|student|employee|applicant|borrower|defendant|inmate|prisoner|offender|job ?seeker|claimant|policy ?holder)s?";
const FATE = lines`
  (?:die|survive|abandon|fail|pass|drop out|leave|quit|resign|default|repay|pay back|re-?offend|
  be (?:re-?)?(?:admitted|hired|approved|promoted|arrested|rejected)|come back|return|stay|miss|show up|
  develop|graduate|relapse|recover)
`;

const HIGH = new RegExp(
  // Whole words: "image classification" says nothing about an age.
  `(?<![A-Za-z])(?:${[
    "(?:south[ _-])?german[ _-]credit|(?<!carbon[ _-])credit[ _-](?:card[ _-])?(?:risk|scor(?:e|ing)|default|worthiness|approval|decision)",
    "(?:loan|mortgage)s?[ _-](?:default\\w*|approval|acceptance|application|eligibility|status|prediction|decision|grade|repay\\w*|applicants?)",
    lines`
      (?:repay\w*|default\w* on) (?:an?|the|their|his|her) loans?|probability of default|default prediction|
      creditworth\w*|
      eligib(?:le|ility) (?:\w+ ){0,2}(?:for|of) (?:\w+ ){0,2}(?:loans?|credit|mortgages?|scholarships?|
        benefits?)\b|
      borrowers?\b
    `,
    "recidivism|residivis\\w*|re-?offend\\w*|parole\\b",
    lines`
      (?:people|hr)[ _-]analytics|(?:campus|student|job)[ _-]placements?|job[ _-]change (?:of|prediction)|
      absenteeism (?:at work|prediction)|stop[ -](?:and|&|n)[ -]frisk|pima indians?|fetal[ _-]health|
      (?:predict|forecast|estimat)\w* (?:of )?(?:\w+ )?(?:hospital|icu|patient) stays?|
      (?:smoker|smoking)[ _-](?:detection|prediction|status)|placement[ _-]prediction|
      visa[ _-](?:approval|certification)|(?:poverty|academic[ _-](?:performance|success))[ _-]prediction|
      (?:employee|staff|hr|workforce|learner|student|teacher|nurse)[ _-](?:attrition|turnover|exit|
        resignation|retention)|
      retention risk|
      (?<!(?:customer|client|subscriber|member|user)s?[ _-])attrition[ _-](?:prediction|risk|model|data|rate)|
      pr[ée]diction d['’e ]+(?:l['’])?attrition|
      (?:hiring|recruitment|promotion)[ _-](?:decision|prediction|model)|candidate (?:screening|selection)|
      (?:applicant|resume|job candidate)s?[ _-](?:screening|selection|ranking|matching|scoring)|
      (?:rank|re-?rank|screen|shortlist|score)(?:s|ing)? (?:the |all |job )?candidates? (?:for|by|based on|
        on their|who)|
      candidates? for (?:an? |the )?(?:open )?(?:role|job|position)s?|talent acquisition|
      (?:model|classifier)s? on (?:the )?(?:resumes?|cvs)\b|resume (?:classif|categori[sz]|shortlist)\w*|
      cv[ _-]screening|(?:candidate|applicant|resume)s?[ _-]shortlist\w*|
      shortlist\w* (?:of )?(?:candidates|applicants|resumes)
    `,
    lines`
      (?:college|university|graduate|school)[ _-]admissions?|admission[ _-]prediction|
      chances? of (?:getting )?(?:an? )?admi(?:t\b|tted|tance|ssion)|
      candidates? (?:\w+ ){0,2}(?:will|would|likely to|who) (?:\w+ ){0,2}(?:hired|selected|placed|
        shortlisted|join)|
      student[ _-](?:performance|success)|(?:student|learner|university|college|school)[ _-]drop[ _-]?outs?
    `,
    lines`
      (?<!(?:plant|leaf|crop|rice|tomato|potato)s?[ _-])disease[ _-](?:prediction|diagnos\w*)|
      medical expen(?:s|ditur)es?|suicid(?:e|al)[ _-](?:risk|ideation|thoughts|detection|prediction)|
      mental[ _-]health[ _-](?:prediction|treatment|risk|classif\w*)|
      obesity[ _-](?:level|prediction|risk|classif\w*)|
      (?:sleep[ _-]disorder|maternal[ _-]health|pcos)[ _-](?:prediction|risk|classif\w*)|
      (?:hospital|patient|icu)s?[ _-](?:readmission|mortality|risk)|readmission|readmitted|
      patients? (?:survived|died|deceased)|mortality[ _-](?:prediction|risk|model\w*)|
      predict\w* (?:of )?(?:\w+ )?mortality
    `,
    lines`
      (?:parkinson|alzheimer|huntington)(?:['’]?s)?(?:[ _-]disease)?[ _-](?:prediction|detection|diagnos\w*|
        classification|risk)|
      (?:autism|dementia|sepsis|asthma|depression|hepatitis|hypertension|anemia|osteoporosis|
        lung[ _-]cancer|covid(?:-?19)?)[ _-](?:prediction|diagnos\w*|risk|screening)
    `,
    "(?:heart|cardiovascular|kidney|liver|thyroid)[ _-](?:disease|failure|attack)|stroke[ _-](?:prediction|risk)|diabetes[ _-](?:prediction|risk|diagnos\\w*|onset)|predict\\w* (?:of )?(?:diabetes|strokes?)",
    "(?:health|medical|life|car|auto)[ _-]insurance[ _-](?:claim|charges|cost|premium|pric\\w*)|insurance (?:claim|fraud|premium|charge|settlement)s?|fraud(?:ulent)? claims?|claims?[ _-]fraud",
    lines`
      (?:salary|wage)s?[ _-](?:prediction|estimation)|
      (?:predict|estimat)\w* (?:of )?(?:\w+ )?(?:salar(?:y|ies)|wages)|fnlwgt\b|
      census[ _-](?:income|classifi\w+)|adult[ _-](?:income|(?:census[ _-](?:income[ _-])?)?data ?set)|
      compas[ _-](?:data ?set|recidivism|scores?)|income[ _-](?:prediction|classification|level|bracket)|
      (?:earns?|makes?|income|salary)\b[^.\n]{0,30}\b50(?: ?k|,?000)
    `,
    "(?:asd|autism)[ _-](?:predict|detect|classif)\\w*|(?:asd|adhd|autism|dementia|parkinson|alzheimer|diabetes|sepsis|depression)s?[ _-](?:diagnos(?:er|tics?|is)|screening)|porto[ _-]seguro",
    "tenant[ _-](?:screening|default|evictions?|risk)|rental applica(?:nts?|tions?)|eviction[ _-](?:risk|prediction)",
    "(?:welfare|benefits?)[ _-](?:fraud|eligibility)|job ?seekers?\\b|long[ -]term unemploy\\w+",
    `(?:detect|predict|diagnos|classif|screen|identif|recogni[sz])\\w*[ _-]${OF}(?:${DISEASES})`,
    "(?:customer|client|individual|consumer)s? (?:\\w+ ){0,2}(?:will|would|likely to|who) (?:\\w+ ){0,2}(?:default|repay|pay back)\\b",
    "(?:loan|lending|borrower)[ _-]risk|underwriting (?:model|decision|classifier)s?|job[ _-]applica(?:nt|tion)s?|claims? (?:severity|frequency)|motor insurance",
    lines`
      (?:patient|appointment|medical)s?[ _-]no[ _-]?shows?|missed appointments?|re-?hospitali[sz]\w+|
      cancer[ _-](?:survival|prognosis|recurrence)|(?:transplant|graft)[ _-](?:rejection|survival|failure)|
      risk of (?:strokes?|diabetes|heart|death|dying|sepsis|readmission|suicide|dropping out|dropout|
        default(?:ing)?|recidivism)
    `,
    lines`
      (?:predict|estimat)\w* (?:of )?(?:the )?(?:\w+ )?(?:grades?|marks|scores?|performance|gpa|
        results?) (?:of|for) (?:the )?(?:students?|pupils?|learners?)\b|
      (?:student|pupil)s?['’]?s? (?:gpa|(?:final )?grades?|marks|exam (?:scores?|results?)|
        academic outcomes?)|
      exam (?:scores?|results?) of (?:students|pupils)
    `,
    "(?:police|traffic) stops|foster[ _-]care|child (?:welfare|maltreatment)|asylum[ _-](?:decision|claim|application|case)s?|household poverty|poverty of households|proxy means test",
    // What becomes of persons: "which employees will leave", "will this student fail", "patients come back".
    `${PERSON} (?:\\w+ ){0,2}(?:will|would|likely to|who|at risk of) (?:\\w+ ){0,2}${FATE}\\b|will (?:an?|the|this|my) ${PERSON} ${FATE}\\b|(?:which|whether|that|discharged) (?:the |an? )?${PERSON} (?:left|died|survived|passed|failed|defaulted|resigned|was (?:hired|admitted|approved|promoted|rejected)|come back|abandons?|drop(?:s|ping)? out|defaults?|re-?offends?|resigns?|quits?|leaves?|fails?|dies?|survives?)\\b`,
    lines`
      at[ -]risk (?:students|learners|pupils|patients)|food[ -]stamps?|
      (?:unemployment|disability) (?:benefits?|claims?)|
      (?:sort|classif|screen|filter)\w* (?:cvs|resumes|applicants)|spectrum disorder|septic shock|
      length of (?:hospital )?stay|discharge summar(?:y|ies)|
      rank(?:s|ing)? (?:of )?(?:resumes?|cvs|applicants)|approves? or (?:declines?|rejects?|denies)|
      eligible for (?:the |an? )?(?:loan|credit|mortgage|scholarship)|(?:risk|likelihood) of default|
      default[ _]risk(?![ -]?free)|give[ _-]me[ _-]some[ _-]credit|
      salar(?:y|ies) of (?:employees|workers|persons|people)|employee[ _-]salar(?:y|ies)
    `,
    lines`
      (?:evas[ãa]o|deserci[óo]n|abandono|d[ée]crochage) (?:escolar|universit\w+|estudiantil|scolaire)|
      d[ée]mission des (?:salari|employ)[ée]s|studienabbr\w+|
      (?:prediksi|klasifikasi) (?:penyakit|kelulusan|kelayakan|kredit|stroke|diabetes)|
      penyakit (?:jantung|ginjal)|gagal (?:jantung|ginjal|bayar)|kalp (?:hastal|kriz)\w*|
      kredi (?:risk|onay)\w*|enfermedad(?:es)? (?:card[ií]ac|renal|cardiovascular)\w*|
      doen[çc]as? card[ií]ac\w*|maladies? cardi\w*
    `,
    lines`
      riesgo (?:crediticio|de cr[ée]dito)|impago de (?:cr[ée]dito|pr[ée]stamo)s?|morosidad|reincidencia|
      rotaci[óo]n de (?:personal|empleados)|risco de cr[ée]dito|inadimpl[êe]ncia|
      (?:risque|d[ée]faut) de (?:cr[ée]dit|paiement|pr[êe]t)|kreditrisik\w*|kreditw[üu]rdigkeit\w*|
      bonit[äa]tspr[üu]fung|信用(?:风险|评分|评估)|贷款(?:违约|审批)|员工(?:离职|流失)|录取|
      (?:糖尿病|心脏病|中风|肾病|抑郁症?|离职|违约|逾期|收入|薪资|工资|学生成绩|医疗费用)(?:预测|风险|分类|诊断)|
      预测(?:员工|学生|客户)?(?:离职|违约|逾期|录取|收入|薪资|辍学|成绩)
    `,
    // What a plot or an answer says: "Predicted salary", "the person is not diabetic", "stroke classifier".
    "(?:actual|predicted|true|estimated)[ _-](?:salar(?:y|ies)|wages?|income|mortality|gpa|(?:medical|insurance) (?:costs?|charges|premium))|(?:insurance|medical)[ _-](?:costs?|charges|bills?)",
    "(?:stroke|sepsis|mortality|readmission|salary|loan|credit|hiring)[ _-](?:model|classifier|predictor|regressor)|diabet(?:es|ic)[ _-](?:classifier|predictor)",
    lines`
      (?:person|patient|individual|woman|man|you|they|employee|
      student)s? (?:(?:is|are|has|have|does|do|may|might|not|no|a|an|any|be|at|high|low|risk|likely|
        unlikely|to|of|suffers?|suffering|from|having) ){1,6}(?:diabet\w+|
      heart|parkinson\w*|strokes?|sepsis|depress\w+|alzheimer\w*|autis\w+)
    `,
    "(?:gender|age|emotion|ethnicity|race)[ _-](?:classifi(?:cation|er)|recogni(?:tion|[sz]er)|detect(?:ion|or)|predict(?:ion|or)|estimat(?:ion|or))",
  ].join("|")})`,
  "gi",
);

const LOW = pattern("i")`
  (?:customer|telco|subscriber|bank)[ _-](?:churn|attrition)|
  churn[ _-](?:\w+[ _-])?(?:prediction|model\w*|classif\w*|propensity)|predict\w*[ _-]churn|
  bank[ _-]marketing|term deposit|marketing campaign
`;

/** Networks have teachers and students, too; guests of a hotel stay; feelings are also those of a text. */
const DISTILLED = /teacher (?:network|model)|distil(?:l|s|ling|lation)\b/i;
const HOTELS = /(?<![A-Za-z])(?:hotels?|bookings?|guests?|airbnb)(?![A-Za-z])/i;
const SEEN_OR_HEARD =
  /(?<![A-Za-z])(?:fac(?:es?|ial)|fer|images?|photos?|pictures?|videos?|webcam|camera|voices?|speech|speakers?|audio|eeg)(?![A-Za-z])/i;
const OTHERS_EMOTION = /(?<![A-Za-z])(?:dog|cat|pet|animal|horse|music\w*|song)s?[ -]+(?:mood and )?emotion/i;

function isOfOthers(phrase: string, text: string): boolean {
  if (phrase.startsWith("student")) return DISTILLED.test(text);
  if (phrase.startsWith("length of stay")) return HOTELS.test(text);
  if (!phrase.startsWith("emotion")) return false;
  const words = text.replaceAll("_", " ");
  return OTHERS_EMOTION.test(words) || !SEEN_OR_HEARD.test(words);
}

/** The phrases of a line, lower-case; none goes over its end. An editor asks for the same lines at each keystroke. */
const phrasesOf = remembered((line): readonly string[] => {
  const found = line.match(HIGH);
  return found === null ? NONE : found.map((phrase) => phrase.toLowerCase());
});
const NONE: readonly string[] = [];

/** Different high-stakes phrases found, lower-case; at most five. */
export function highStakesPhrases(text: string): string[] {
  const found = new Map<string, string>();
  for (const line of text.split("\n"))
    for (const phrase of phrasesOf(line)) {
      if (found.size >= 5) break;
      if (isOfOthers(phrase, text)) continue;
      // "credit score", "credit_scoring" and "credit-score" are one.
      const stem = phrase.replace(/[^a-z\u4e00-\u9fff]/g, "").slice(0, 9);
      if (!found.has(stem)) found.set(stem, phrase);
    }
  return [...found.values()];
}

/** How often such phrases stand in a text; counts to ten. */
export function mentions(text: string): number {
  let count = 0;
  for (const line of text.split("\n")) {
    count += phrasesOf(line).length;
    if (count >= 10) return 10;
  }
  return count;
}

const ANIMALS =
  /(?<![A-Za-z])(?:possum|penguin|abalone|crab|cattle|cow|chicken|mice|dog|cat|horse|turtle|lizard|bear|whale|monkey|opossum|animal|pet|petfinder)s?(?![A-Za-z])/i;

/** Do the words speak of animals, whose sex and age are columns too? */
export function speaksOfAnimals(text: string): boolean {
  return ANIMALS.test(text);
}

/** Persons about whom something is decided; not those of distillation ("student") or of a search ("candidate"). */
const PERSONS =
  /(?<![A-Za-z])(?:patients?|borrowers?|applicants?|employees?|defendants?|inmates?|offenders?|policy[ _-]?holders?)(?![A-Za-z])/gi;

/** The persons that a text names at least so often. */
export function personsNamed(text: string, least: number): string | undefined {
  let count = 0;
  for (const [name] of text.matchAll(PERSONS)) if (++count >= least) return name.toLowerCase();
  return undefined;
}

const FIRMS =
  /(?<![A-Za-z])(?:firms?|compan(?:y|ies)|corporat(?:e|ions?)|obligors?|issuers?|bonds?)(?![A-Za-z])/gi;
const MANY_FIRMS = 5;

/** Is the credit that a text speaks of one of firms? They are named again and again, and no person is. */
export function speaksOfFirms(text: string): boolean {
  return (text.match(FIRMS)?.length ?? 0) >= MANY_FIRMS && personsNamed(text, 1) === undefined;
}

const ATTRITION = /attrition|churn/i;
const LEAVERS =
  /employ|workforce|(?<![A-Za-z])(?:staff|hr|people|workers?|students?|learners?|patients?|customers?|resign\w*|turnover)(?![A-Za-z])/i;
const THINGS =
  /(?<![A-Za-z])(?:buildings?|propert(?:y|ies)|meters?|machines?|devices?|vessels?|vehicles?|routers?|wells)(?![a-z])/gi;
const MANY_THINGS = 3;

/** Are those who leave none? Buildings leave a network, meters a grid: "Steam attrition model", and no person is named. */
export function speaksOfThingsLeaving(text: string): boolean {
  return ATTRITION.test(text) && (text.match(THINGS)?.length ?? 0) >= MANY_THINGS && !LEAVERS.test(text);
}

export function isLowStakesTopic(text: string): boolean {
  return LOW.test(text);
}
