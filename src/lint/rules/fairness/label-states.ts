/** Labels that are a state of a person: a disease, a death, an arrear, a dismissal, with the words that stand around them. */

import { remembered } from "../../remembered.ts";
import { wordsOf } from "./words.ts";

const listOf = (entries: string) => entries.trim().split(/\s+/).join("|");

/** Diseases and states of mind, as their label is called. Cancers by their organ: cells have one as well. */
const DISEASES = `
  sepsis septic_shock septic aki acute_kidney_injury ckd chronic_kidney_disease esrd kidney_disease kidney_failure stroke
  pre_?eclampsia eclampsia gdm gestational_diabetes diabetes diabetic t[12]dm? prediabetes nafld liver_(?:fibrosis|disease|failure)
  cirrhosis hepatitis pneumonia tuberculosis covid(?:_?19)? copd asthma ards delirium dementia alzheimers?(?:_disease)? mci
  parkinsons?(?:_disease)? epilepsy adhd autism asd depress(?:ion|ed) anxiety ptsd bipolar schizophrenia mental_illness
  suicid(?:e|al)(?:_ideation|_attempt)? hypertension hypertensive anemia anaemia obesity osteoporosis arrhythmia atrial_fibrillation
  heart_(?:failure|disease|attack) chf mace coronary_artery_disease cardiovascular_disease myocardial_infarction
  hypo_?thyroid(?:ism)? hyper_?thyroid(?:ism)? hypoglyc[ae]emia dengue hiv melanoma metasta(?:sis|tic) retinopathy glaucoma
  pcos endometriosis arthritis preterm(?:_birth)? stunt(?:ing|ed) malnutrition insomnia (?:opioid_|drug_)?overdose
  amputation (?:sleep_)?apno?ea bronchopulmonary_dysplasia pulmonary_embolism dvt vte thrombosis ha?emorrhage hypoxemia
  respiratory_failure cardiac_arrest bactera?emia (?:surgical_site|urinary_tract|bloodstream)_infection uti pancreatitis appendicitis
  encephalopathy pressure_(?:ulcer|injury) gout lupus multiple_sclerosis celiac crohns? colitis psoriasis eczema cataract
  macular_degeneration hearing_loss infertility miscarriage stillbirth low_birth_?weight macrosomia c(?:a?esarean)?_section
  (?:postpartum|perinatal)_(?:depression|ha?emorrhage) neonatal_(?:death|mortality) frailty sarcopenia metabolic_syndrome
  fatty_liver kidney_stones? smok(?:er|ing)_status influenza monkeypox dyslexia ocd eating_disorder self_harm addiction burnout
  (?:graft|transplant)_(?:failure|loss|rejection) fall_risk
  (?:lung|cervical|prostate|skin|thyroid|oral|colon|colorectal|gastric|ovarian|liver|pancreatic|bladder)_cancer`;

/** What happens to patients in a hospital. */
const STAYS = `
  (?:hospital|icu|inpatient|hosp)_(?:mort(?:ality)?|death|expire|stay) (?:mort|death|died|deceased|expired)_(?:in_)?(?:the_)?(?:hospital|hosp|icu|ed)
  icu_admi(?:ssion|tted) readmi(?:t|ts|tted|ssion|ssions) intubat(?:ed|ion) (?:mechanical|invasive|needs)_ventilation
  (?:medical|health_?care|hospital)_(?:costs?|expenditures?|expenses?|spend(?:ing)?|charges)`;

/** Arrears of borrowers. */
const ARREARS = `
  \\d+_?dpd dpd_?\\d+ delinquent delinquency charged_off charge_off (?:loan|credit|payment|borrower|customer)_default(?:ed)?
  default_(?:payment|loan|customer) repaid repay repay_fail(?:ed|ure)? serious_delinquency loan_paid target_loan
  (?:benefit|visa|mortgage|credit|card|application)_approved credit_limit`;

/** What employees, students, defendants and claimants do, or what is done to them. */
const FATES = `
  resigned resignation left_(?:the_)?(?:company|job|organi[sz]ation|firm) employee_(?:left|turnover|exit|churn|attrition) attrition
  (?:failed|passed)_(?:course|class|exam|module) c?gpa (?:math|reading|writing|exam|final_exam|final_grade|student)_(?:scores?|grades?|marks) dropped_?out drops_out dropout_(?:risk|status|label) student_(?:status|outcome|success|fail(?:ed|ure)?)
  re_?arrest(?:ed)? arrested recidivated re_?offend(?:ed)? re_?offen[cs]e reincarcerat(?:ed|ion) recidivis[mt] convict(?:ed|ion) frisked
  parole_(?:violat(?:or|ion)|granted) tenant_evicted removed_from_home foster_care(?:_placement)? long_term_unemploy(?:ed|ment)
  (?:invited|called|invitation)_(?:to|for)_(?:an?_)?interview (?:scholarship|bolsa|beca)_(?:awarded|granted|concedida|otorgada)
  interview_result ltu homeless(?:ness)? poverty_status is_poor`;

/** The same in Spanish, Portuguese, French, German, Italian, Dutch, Polish, Turkish, Indonesian, and Chinese in Latin letters. */
const ELSEWHERE = `
  aprobad[oa] aprobacion moros[oa] mora morosidad impago incumplimiento desercion desert(?:or|o) abandono_(?:escolar|tratamento|tratamiento) reprob(?:o|ado)
  rotacion_(?:de_)?(?:personal|empleados) fallecid[oa] reingreso mortalidad enfermedad_cardiaca enfermedad_renal accidente_cerebrovascular reincidencia reincidente
  aprovad[oa] inadimplente inadimplencia evasao evadi(?:u|do) reprovado obito reinternacao desligad[oa] desligamento reincidencia
  doenca_(?:cardiaca|renal) defaut_(?:de_)?paiement a_quitte_l_entreprise demission deces reussite_examen
  maladie_(?:cardiaque|renale) pret_accorde accord_pret abandon_scolaire recidive
  zahlungsausfall kreditausfall kreditwuerdig(?:keit)? studienabbruch studienabbrecher verstorben herzerkrankung
  rueckfall(?:_straftat)? insolvenza insolvente abbandono_(?:scolastico|studi) decesso malattia_cardiaca wanbetaling overleden
  studie_?uitval zgon choroba_serca niesplacon[aey] niewyplacalnosc hastal_?i_?k kalp_(?:hastal_?i_?gi|krizi) diyabet inme kredi_onay_?i? temerrut
  isten_ayril(?:di|ma) gagal_bayar kredit_macet status_kredit kelayakan_kredit penyakit_jantung kelulusan
  status_kelulusan lulus_tepat_waktu putus_sekolah putus_kuliah kolektibilitas stroke_status
  (?:shi_?fou_?)?(?:li_?zhi|wei_?yue|yu_?qi|huan_?bing)`;

/** Words around a state: whose it is, when, how it is counted. They name nothing by themselves. */
const AROUND = `
  is has had have was got will needs? ever serious total annual en em de del any all new next future early late onset incident acute chronic severe in at within by after of the
  hospital icu inpatient patient person student learner employee applicant borrower loan customer user y target label class binary bin flag flg
  status stage type risk level outcome result diagnosis diagnosed dx prognosis severity score positive present presence
  probability prob event indicator encoded enc code num numeric int yes group category prediction pred true
  disease \\d+[a-z]? d days? hrs? h hours? weeks? m mo months? y yrs? years? min minutes? one two three five ten thirty sixty ninety`;

const around = `(?:${listOf(AROUND)})`;
const statesOf = (entries: string) => new RegExp(`^(?:${around}_)*(?:${listOf(entries)})(?:_${around})*$`);

const STATES = statesOf([DISEASES, STAYS, ARREARS, FATES, ELSEWHERE].join(" "));
const CLINICAL = statesOf(`
 hypoxia ventilation died death dead deceased vital_status mort mort\\d+[hd]? mortality survival alive expired los length_?of_?stay (?:non_?)?adheren(?:t|ce) relapsed? recurrence recurred complications?
  progression remission responder rehospitali[sz]ation dx`);

/** Words of Chinese: whether somebody leaves, does not pay, is overdue, is ill, has died. */
const CHINESE =
  /^(?:是否)?(?:员工)?(?:离职|违约|逾期|患病|死亡|确诊|复发|录取|获批|晋升|贷款(?:违约|审批|状态)|病死)(?:状态|标签)?$/;

/** A state that only a person can be in: "ever_90dpd", "ckd_stage", "gagal_bayar". */
export const isStateOfPerson = remembered(
  (name) => (name.length < LONGEST && STATES.test(splitDigits(name))) || CHINESE.test(name.trim()),
);

/** One that a patient, a machine or a tree can be in, after the words around: "died", "los_days". */
export const isClinicalState = remembered(
  (name) => name.length < LONGEST && CLINICAL.test(splitDigits(name)),
);

const LONGEST = 50;
/** "readmit30" and "readmit_30" are one. */
const splitDigits = (name: string) => wordsOf(name).replace(/([a-z]{4})(\d)/g, "$1_$2");

/** Are the rows patients? */
const OF_PATIENTS =
  /(?<![A-Za-z])(?:patients?|hospitals?|icu(?:s|[ ]?stays?)?|clinical|cohorts?|wards?|surgery|surgical|tumou?rs?|diagnos[ei]s|comorbidit\w+|physionet|emergency|triage|mimic\w*|eicu)(?![A-Za-z])/i;

export function speaksOfPatients(text: string): boolean {
  const words = text.replaceAll("_", " ");
  return OF_PATIENTS.test(words) && !OTHER_LIVES.test(words);
}

/** What else dies, survives and relapses. */
const OTHER_LIVES =
  /(?<![A-Za-z])(?:mice|mouse model|rats|salmon|fish|corals?|reefs?|bees?|hives?|seedlings?|plants|forest stands?|cattle|cows|poultry|pigs)(?![A-Za-z])/i;

export function speaksOfOtherLives(text: string): boolean {
  return OTHER_LIVES.test(text.replaceAll("_", " "));
}
