/** Words of columns: protected attributes, proxies, what persons are described by, and what is decided about them. */

import { pattern } from "../../pattern.ts";
import { isClinicalState, isStateOfPerson } from "./label-states.ts";
import { anyOf, wordsOf } from "./words.ts";

/**
 * Attributes that name a person's group by themselves. Languages: English, German, French, Spanish, Portuguese, Italian,
 * Dutch, Polish, Turkish, Indonesian.
 */
const STRONG = anyOf(`
  sex gender race ethnicity ethnic ethnic_group nationality native_country country_of_birth citizenship
  foreign_worker religion religious disability disabled pregnant pregnancy_status marital_status maritalstatus marital married
  ever_married civil_status family_status personal_status relationship_status sexual_orientation code_gender
  senior_citizen seniorcitizen veteran union_member statussex status_sex is_male is_female female male caste
  geschlecht familienstand auslander staatsangehorigkeit sexe situation_familiale etat_civil sexo genero raza
  estado_civil nacionalidad raca cor_raca sesso stato_civile geslacht burgerlijke_staat plec cinsiyet medeni_durum
  jenis_kelamin status_perkawinan status_pernikahan`);

/** Numbers of years or dates: of a person only among other signs of one. */
const AGE = pattern()`
  ^(?:(?:person|customer|applicant|client|patient|employee|borrower|driver|insured|policyholder|
    respondent|candidate)_)?(?:age|
  ages|age_group|age_band|age_range|age_bin|age_bucket|age_category|agegroup|age_years|age_in_years|
  age_cat|age_at_\w{1,30}|age_(?:group|band|range|bin|bucket|category)_\w{1,30}|dob|date_of_birth|
  birth_date|birthdate|birth_year|year_birth|year_of_birth|yearofbirth|days_birth|alter|edad|idade|wiek|
  yas|usia|umur|leeftijd)$
`;

const PROXY = anyOf(
  "zip zipcode zip_code postcode postal_code surname last_name first_name neighbourhood neighborhood region_code mother_tongue native_language",
);

/**
 * `race` of threads, `gender` of nouns, `sex` of animals, newsgroups of religions, rates of a country's women: the words
 * around them that say so.
 */
const NOT_OF_PERSONS = pattern()`
  ^(?:soc|talk)_religion_|
  (?:^|_)(?:rate|expectancy|per_\d+k?|per_capita|labou?r_force)_(?:\w+_)?(?:fe)?male|
  race_(?:condition|lap|track|time|day|id|name|winner|number|distance|date|result)|
  (?:horse|car|boat|drag|data|bike)_race|same_sex_schools|race_ethnicity_unknown|male_connector|
  (?<!^(?:is|person|applicant|customer|employee|patient|student))_disabled$
`;

export function isProtected(name: string): boolean {
  const words = wordsOf(name);
  return words.length <= 48 && STRONG.test(words) && !NOT_OF_PERSONS.test(words);
}

export function isAge(name: string): boolean {
  return AGE.test(wordsOf(name));
}

/** An age or a birth that says itself whose it is: "applicant_age", "age_at_enrollment", "date_of_birth". */
export function isPersonsAge(name: string): boolean {
  return /^(?:person|customer|applicant|client|patient|employee|borrower|driver|insured|policyholder|respondent|candidate)_|^age_at_|birth|^dob$|^age_?(?:group|band|range|bracket)$/.test(
    wordsOf(name),
  );
}

export function isProxy(name: string): boolean {
  return PROXY.test(wordsOf(name));
}

/** Columns that describe a person without being protected: two of them make `age` a person's. */
const PERSON = anyOf(`
  income salary wage education education_num occupation workclass job employment employment_status employed emp_length
  person_emp_length person_income annual_income applicant_income applicantincome coapplicant_income coapplicantincome dependents
  num_children children credit_score fico credit_history cholesterol chol bmi smoker smoking smoking_status glucose
  avg_glucose_level blood_pressure trestbps heart_rate hypertension insulin skin_thickness pregnancies patient patient_id
  customer_id employee employee_number job_role department years_at_company monthly_income distance_from_home
  hours_per_week capital_gain self_employed home_ownership person_home_ownership loan_intent loan_amount loan_amnt
  priors_count charge_degree juv_fel_count balance credit_limit limit_bal savings checking_account housing
  platelets serum_creatinine ejection_fraction family_size number_of_dependents monthly_charges
  contract tenure height weight gpa cgpa gre_score lsat study_time absences admission_type exng cp thalach years_experience
  renda escolaridade profissao ingresos ingreso_mensual escolaridad profesion revenu revenu_mensuel revenus anciennete
  niveau_etude niveau_hierarchique_poste annees_dans_l_entreprise einkommen beruf beschaftigung reddito occupazione titolo_studio
  penghasilan pendapatan pendidikan pekerjaan gelir meslek egitim`);

export function describesPerson(name: string): boolean {
  return PERSON.test(wordsOf(name));
}

/** Columns that say whose row it is: "EmployeeFeedback", "patient_id". */
export function isOfRow(name: string): boolean {
  return /^(?:id_)?(?:patient|employee|applicant|borrower|defendant|inmate|policy_?holder)_[a-z]|^id_(?:patient|employee|applicant|borrower)$/.test(
    wordsOf(name),
  );
}

const LOAN = anyOf(
  "loan_id loan_amount loan_amnt loanamount loan_purpose loan_intent loan_term loan_grade requested_amount amount_requested loan_amt issue_d emp_title annual_inc earliest_cr_line monto_solicitado jumlah_pinjaman valor_emprestimo kredithoehe",
);

/** Columns of applications for credit. */
export function isOfLoan(name: string): boolean {
  return LOAN.test(wordsOf(name));
}

/** Targets that name a decision or a state of a person by themselves. */
const HIGH_TARGET = pattern()`
  ^(?:
    loan_status|loan_approved|loan_approval|loan_default|loan_paid_back|approved|is_approved|
    approval_status|credit_risk|credit_default|creditability|bad_credit|good_credit|credit_approval|
    risk_of_default|defaulted|is_default|loan_decision|default_flag|approved_flag|approval_flag|loan_flag|
    default_payment(?:_next_month)?|default_payment_next_month|serious_dlqin2yrs|bad_loan|not_fully_paid|
    hired|hiring_decision|is_hired|shortlisted|is_promoted|attrition|recid|is_recid|recidivism|
    two_year_recid|is_violent_recid|recidivate|parole|admit|admitted|chance_of_admit|admission_status|
    stroke|heart_disease|heartdisease|heart_attack|has_heart_disease|cardio|cvd|ten_year_chd|tenyearchd|chd|
    heart_attack_risk|readmitted|readmission|readmit_binary|readmit_30_days|is_readmitted|hospital_death|
    mortality|in_hospital_mortality|(?:has_|is_)?(?:esrd|septic)|
    has_(?:ckd|aki|cancer|sepsis|stroke|copd|asthma|dementia|depression|hypertension|alzheimers?|
      parkinsons?)|
    death_event|survival_status|diabetes_binary|has_diabetes|diabetic|fraud_reported|insurance_claim|
    claim_status|eligibility|eligible|benefit_eligibility|student_dropout|pass_bar|bar_passed|pass_the_bar|
    high_income|income_bracket|income_level|income_class|income_50k|income_gt_50k|over_50k|above_50k|
    credit_score_class|risk_flag|person_risk|approve|loan_granted|mental_illness|depression|
    treatment_needed|placement_status|placed|risk_performance|kredit|prestamo_aprobado|
    incumplimiento_(?:pago|\d+d?)|impago|no_show|sepsis_label|hospital_expire_flag|icu_mortality|
    in_hospital_death|had_heart_attack|heart_disease_?or_attack|recidivism_within_\d_?years?|loan_repaid|
    bad_flag|good_bad_flag|default_ind|default_status|creditworthy|credit_worthy|left_company|employee_left|
    obesity_level|fraud_found(?:_p)?|premium_price|(?:annual_)?premium_amount|insurance_charges|
    medical_charges|graduated|dropped_out|admission_decision|admit_status|pago_a?_?tiempo|inadimplente|
    inadimplencia|kreditausfall|prognosis|suicidal_thoughts|suicidal_ideation|settlement_(?:value|amount)|
    is_defaulted|loan_(?:outcome|result|condition)|hire_decision|termd|over50k|yearly_compensation|cvd_risk|
    mental_health_condition|seek(?:s|ing)?_treatment|asd_traits|needs_icu|triage_(?:level|category|acuity)|
    esi_level|drk_yn|bail_granted|food_insecur(?:e|ity)|phq_?9(?:_score)?|(?:\w+_)?expire_flag|
    claim_(?:cost|severity|settlement)|(?:gt_)?50_?k
  )$
`;

/** Targets that are one only when `y` is made of them, or persons' columns are about. */
const WEAK_TARGET = pattern()`
  ^(?:
    income|salary|wage|earnings|default|defaults|bad|is_bad|class|classification|target|outcome|charges|
    insurance_cost|medical_cost|expenses|premium|claim|claims|diagnosis|diabetes|admission|risk|risk_score|
    score|dropout|target_variable|status|leave|left|leave_or_not|promoted|label|y|loan|grade|final_grade|g3|
    result|diseases?|num|output|survived|death|exited|condition|salary_usd|salary_in_usd|annual_salary|
    monthly_salary|base_salary|current_salary|reddito|reddito_netto|stipendio|salario|sueldo|ingresos|
    einkommen|gehalt|revenus?_annuels?|salaire|renda|gaji|pendapatan|salaries|sepsis|dementia|alzheimers?|
    parkinsons?|asthma|copd|pneumonia|tuberculosis|hepatitis|hypertension|anemia|covid_?19|risk_level|
    obesity|nobeyesdad|cancer|lung_cancer|performance_rating|(?:is_)?high_risk|(?:total_)?claims?_amount|
    (?:annual|insurance|policy)_premium|
    (?:\w+_)?(?:salary|salaries|wages?)(?:_(?!from$|to$|min$|max$|mean$|range$)\w+)?
  )$
`;

const PERSONS_LABEL = pattern()`
  ^(?:
    g3|final_grade|income|salary|salary_(?:in_)?usd|annual_salary|monthly_salary|base_salary|current_salary|
    reddito|reddito_netto|stipendio|salario|sueldo|einkommen|gehalt|salaire|earnings|charges|readmitted|
    dropout|(?:total_)?claims?_amount|(?:annual|insurance|policy)_premium|diabetes|sepsis|dementia|
    alzheimers?|parkinsons?|asthma|copd|pneumonia|tuberculosis|hepatitis|hypertension|anemia|covid_?19|
    premium|medical_cost|diseases|admission|
    (?:\w+_)?(?:salary|salaries|wages?)(?:_(?!from$|to$|min$|max$|mean$|range$)\w+)?
  )$
`;

/** Weak ones that can be nothing but a person's when they are the label. */
export function isPersonsLabel(name: string): boolean {
  return (
    isStateOfPerson(name) ||
    // Written in small letters it may be a setting's.
    /^D(?:EFAULT|efault)$/.test(name) ||
    PERSONS_LABEL.test(wordsOf(name).replace(ENCODED, ""))
  );
}

const LOW_TARGET = pattern()`
  ^(?:
    (?:dar_)?promocion|promo|compra|comprado|compro|satin_aldi(?:_mi)?|purchase|bought|will_buy|click|churn|
    churned|is_churn|customer_churn|churn_label|churn_value|exited|subscribed|deposit|term_deposit|
    purchased|response|clicked|clicked_on_ad|converted|conversion|buyer|revenue
  )$
`;

/** Names of targets that tell a reader nothing. */
export function isPlainTarget(name: string): boolean {
  return /^(?:y|label|target|target_variable|class|output|outcome|status|num|result|score|condition|response)$/.test(
    wordsOf(name),
  );
}

export type TargetKind = "high" | "weak" | "low";

/** How an encoded column is called after the one that it is made of: "AdmissionNum", "Loan_Status_encoded", "readmitted_label". */
const ENCODED = /_(?:num|numeric|encoded|enc|code|bin|binary|int|flag|flg|label|target)$/;

/** Within what time: "default_12m", "Readmitted_30_days", "mortality_1yr". */
const HORIZON = /_(?:(?:with)?in_)?\d+_?(?:d|days?|m|mo|months?|y|yrs?|years?)$/;

export function targetKind(name: string): TargetKind | undefined {
  const words = wordsOf(name);
  const known = kindOfWords(words);
  if (known !== undefined) return known;
  const plain = words.replace(ENCODED, "").replace(HORIZON, "");
  if (HORIZON.test(words) && /^(?:default|death|died)$/.test(plain)) return "high";
  const kind = plain === words ? undefined : kindOfWords(plain);
  return kind ?? (isStateOfPerson(name) || isClinicalState(name) ? "weak" : undefined);
}

function kindOfWords(words: string): TargetKind | undefined {
  if (HIGH_TARGET.test(words)) return "high";
  if (LOW_TARGET.test(words)) return "low";
  return WEAK_TARGET.test(words) ? "weak" : undefined;
}

/** Columns of animals, ships, countries and things in well-known data sets that also have a sex or an age. */
const OTHER_SUBJECTS = pattern()`
  ^(?:
    bill_length_mm|bill_depth_mm|flipper_length_mm|culmen_length_mm|body_mass_g|bore|peak_rpm|
    normalized_losses|curb_weight|wheel_base|engine_size|compression_ratio|num_of_cylinders|num_of_doors|
    drive_wheels|hval150|sstrdist|sstrvol|cpdist5|cpwvol5|shell_weight|shucked_weight|viscera_weight|
    whole_weight|rings|sepal_length|petal_length|pclass|sib_sp|sibsp|parch|embarked|cabin|lifeboat|boat|
    ticket|horsepower|mpg|odometer|mileage|fuel_type|fuel|transmission|carat|total_bill|breed|primary_breed|
    species|spp|animal_id|animal_type|animal_name|akc_group|akc_breed|pet_id|pet_type|house_age|latitude|
    longitude|median_house_value|total_bedrooms|totlngth|hdlngth|skullw|taill|footlgth|earconch|sale_price|
    saleprice|lot_area|cement|superplasticizer|dbh|crown_ratio|basal_area|country_code|iso_code|series_name|
    series_code|indicator_name|indicator_code|gdp|gdp_per_capita|life_expectancy|adult_mortality|
    fertility_rate|population_density|human_development_index
  )$
`;

/** Measures of a body, from which nothing is decided about anybody: shoe sizes by height and sex. */
const BODY_MEASURE =
  /^(?:shoe_size|foot_(?:length|size)|hand_(?:length|span)|arm_span|waist|hips?|chest|height|weight)(?:_\w{1,20})?$/;

export function isBodyMeasure(name: string): boolean {
  return BODY_MEASURE.test(wordsOf(name));
}

export function isOfOtherSubject(name: string): boolean {
  return OTHER_SUBJECTS.test(wordsOf(name));
}
