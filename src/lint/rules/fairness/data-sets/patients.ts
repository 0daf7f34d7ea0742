/** Data sets about patients' other diseases, stays in hospital and states of mind. */

import { pattern } from "../../../pattern.ts";
import type { Row } from "./row.ts";

export const PATIENTS: readonly Row[] = [
  {
    name: "conditions and risks of persons",
    source: "UCI; Kaggle icr-identify-age-related-conditions, widsdatathon2020, playground-series",
    stakes: "high",
    files: `
      gallstone*, migraine, lymphography, anemia, osteoporosis, asthma, asthma disease, drug consumption,
      smoking driking, smoking drinking, identify age related conditions, wids datathon 2020, widsdatathon2020,
      playground series s3e24, playground series s3e26, playground series s4e2, playground series s4e11,
      playground series s5e12
    `,
  },
  {
    name: "kidney disease",
    source: "UCI",
    stakes: "high",
    files: "kidney, ckd, kidney disease, chronic kidney, chronickidneydisease, kidney stone",
    columns:
      "pcv, wbcc, rbcc, hemo, appet, bgr, htn, packed_cell_volume, blood_urea, pus_cell, pus_cell_clumps, pedal_edema, white_blood_cell_count, red_blood_cell_count",
    uci: [336],
  },
  {
    name: "liver disease",
    source: "UCI",
    stakes: "high",
    files:
      "liver, ilpd, hepatitis, cirrhosis, hcc, hcc survival, hcv, hcvdat*, indian liver, liver patient, liver disease, liver data, hepatitis c, hcv data",
    columns: `
      Total_Bilirubin, Direct_Bilirubin, Alkaline_Phosphotase, Alamine_Aminotransferase,
      Aspartate_Aminotransferase, Total_Protiens, Albumin_and_Globulin_Ratio, Hepatomegaly, Spiders, Ascites,
      Prothrombin, Tryglicerides, spleen_palpable, liver_firm, protime, sgot, sgpt, GGT, CREA
    `,
    uci: [225, 571, 46, 878, 915],
  },
  {
    name: "thyroid disease",
    source: "UCI",
    stakes: "high",
    files: "thyroid, hypothyroid, hyperthyroid, thyroid disease, thyroid data, thyroid diff, sick euthyroid",
    columns:
      "TT4, FTI, T4U, TSH, on thyroxine, on_thyroxine, query hypothyroid, query_hypothyroid, thyroid surgery, thyroid_surgery, goitre, hypopituitary, I131 treatment, Adenopathy, Hx Radiothreapy",
    uci: [102, 915],
  },
  {
    name: "cancer patients",
    source: "UCI; SEER; Kaggle mysarahmadbhat/lung-cancer and others",
    stakes: "high",
    files: `
      lung cancer, cervical cancer, survey lung cancer, the cancer data, metabric rna, cancer patient, haberman, metabric,
      cancer risk factors, prostate cancer, thyroid cancer, oral cancer, breast cancer survival, seer breast,
      seer cancer, tcga*
    `,
    columns: `
      ajcc_pathologic_stage, ajcc_pathologic_tumor_stage, days_to_last_followup, YELLOW_FINGERS, PEER_PRESSURE,
      SWALLOWING DIFFICULTY, SHORTNESS OF BREATH, COUGHING OF BLOOD, Clubbing of Finger Nails, Passive Smoker,
      OccuPational Hazards, Hinselmann, Schiller, Citology, Dx:HPV, Hormonal Contraceptives,
      First sexual intercourse, Number of sexual partners, Reginol Node Positive, Estrogen Status,
      Progesterone Status, deg-malig, inv-nodes, node-caps, breast-quad, irradiat
    `,
    marks: "LUNG_CANCER",
    uci: [62, 383, 43, 14],
  },
  {
    name: "prostate cancer patients",
    source: "Hosmer and Lemeshow 2000; H2O",
    stakes: "high",
    files: "prostate",
    columns: "DPROS, DCAPS, GLEASON, CAPSULE",
  },
  {
    name: "survival of patients",
    source: "R survival; scikit-survival; lifelines",
    stakes: "high",
    loader: pattern()`
        ^load_(?:gbsg2|whas500|veterans?_lung_cancer|flchain|aids|bmt|cgvhd|lung|larynx|leukemia|lymphoma|
          kidney_transplant|gehan|nh4|multicenter_aids_cohort_study|stanford_heart_transplants)$|
        (?:^|_)(?:gbsg2?|whas500|flchain|metabric|pbc2?|rotterdam)(?:_|$)
      `,
    files: "gbsg*, whas500*, veteran lung, flchain, pbc2, rotterdam gbsg",
    columns:
      "horTh, menostat, pnodes, tgrade, progrec, estrec, ph.karno, pat.karno, meal.cal, wt.loss, Karnofsky_score, Months_from_Diagnosis, Prior_therapy, flc.grp, mgus, miord, mitype, alk.phos",
    marks: "ph.ecog",
  },
  {
    name: "diseases of the brain",
    source: "UCI; OASIS; ADNI",
    stakes: "high",
    files: `
      epilepsy, epileptic seizure, eeg seizure, parkinson, parkinsons, parkinson s, alzheimer, alzheimers,
      alzheimer s, dementia, autism, parkinson disease, parkinsson disease, pd speech, parkinson dataset,
      parkinsons data, parkinsons disease, parkinsons updrs, alzheimer disease, alzheimers disease,
      oasis cross, oasis long, oasis longitudinal, autism screening, autism data, autism prediction,
      autism adult, toddler autism, dementia data, dementia dataset, ADNIMERGE*, alzheimer mri
    `,
    columns: `
      MDVP:Jitter(%), MDVP:Shimmer, MDVP:Fhi(Hz), Shimmer:APQ3, RPDE, DFA, PPE, NHR, HNR, MMSE, CDR, eTIV,
      nWBV, MemoryComplaints, BehavioralProblems, FunctionalAssessment, A1_Score, A2_Score, A10_Score, austim,
      jundice, used_app_before, contry_of_res, Qchat-10-Score, Family_mem_with_ASD, VISCODE, ADAS13,
      RAVLT_immediate, CDRSB, Hippocampus
    `,
    marks: "MDVP:Fo(Hz), Class/ASD, Class/ASD Traits, motor_UPDRS, total_UPDRS, ALSFRS, DX_bl",
    uci: [174, 189, 470, 426, 419],
  },
  {
    name: "mental health",
    source: "OSMI; Kaggle hopesb/student-depression-dataset and others",
    stakes: "high",
    files:
      "depression, daic woz, mental health, mental health in tech, depression data, student mental health, suicide detection, anxiety depression, stress level",
    columns: `
      mental_health_interview, phys_health_interview, care_options, wellness_program, obs_consequence,
      work_interfere, seek_help, mental_health_consequence, Academic Pressure, Study Satisfaction,
      Dietary Habits, Have you ever had suicidal thoughts ?, Work/Study Hours, Financial Stress,
      Family History of Mental Illness
    `,
  },
  {
    name: "sleep and weight",
    source: "UCI; Kaggle uom190346a/sleep-health-and-lifestyle-dataset",
    stakes: "high",
    files:
      "sleep health, obesity, obesity data, obesity level, obesity prediction, sleep disorder, bodyfat, body fat",
    columns:
      "FAVC, FCVC, CAEC, CH2O, MTRANS, FAF, TUE, Quality of Sleep, Sleep Duration, Physical Activity Level, BMI Category, Daily Steps",
    marks: "NObeyesdad, family_history_with_overweight, Sleep Disorder",
    uci: [544],
  },
  {
    name: "covid patients",
    source: "Mexican, Israeli health ministries; Kaggle hemanthhari/symptoms-and-covid-presence",
    stakes: "high",
    files:
      "covid symptoms, covid patient, covid 19 symptoms, covid 19 patient, covid presence, covid clinical, covid tested individuals, corona tested individuals",
    columns: `
      INTUBED, INMSUPR, RENAL_CHRONIC, OTHER_DISEASE, DATE_DIED, CLASIFFICATION_FINAL, intubado, neumonia,
      inmusupr, Abroad travel, Contact with COVID Patient, Attended Large Gathering,
      Visited Public Exposed Places, test_indication, head_ache
    `,
    marks: "corona_result",
  },
  {
    name: "mothers and children",
    source:
      "UCI; Kaggle andrewmvd/fetal-health-classification, prasoonkottarathil/polycystic-ovary-syndrome-pcos",
    stakes: "high",
    files:
      "maternal, maternal health, fetal health, pcos, pcos data, birthweight, birth weight, preterm birth, ctg, cardiotocography*",
    columns: `
      SystolicBP, DiastolicBP, BodyTemp, abnormal_short_term_variability, prolongued_decelerations,
      uterine_contractions, Follicle No. (L), Follicle No. (R), AMH(ng/mL), Skin darkening (Y/N),
      hair growth(Y/N)
    `,
    marks: "fetal_health, PCOS (Y/N), NSP",
    uci: [863, 193],
  },
  {
    name: "patients in hospital",
    source: "PhysioNet: MIMIC, eICU, sepsis; WiDS 2020; SUPPORT",
    stakes: "high",
    loader:
      /(?:^|_)(?:mimic(?:_?(?:iii|iv|3|4))|eicu|sepsis|physionet_?(?:2012|2019)|amsterdam_?umc_?db)(?:_|$)/,
    files: `
      mimic iii, mimic iv, mimiciii*, mimiciv*, mimic3*, mimic4*, eicu*, sepsis, physionet 2012,
      physionet 2019, icu patients, patients, ehr, ehrs, icu, vitals, vital signs, patient data,
      patient record, medical record, health record, healthcare data, patient feature, patient info,
      clinical data, clinical record, clinical feature, mimic data, mimic feature, mimic cohort, support2,
      sepsis survival, length of stay, hospital stay, icu mortality, widsdatathon2020, hospital mortality,
      mimic3d, mimic admissions, mimic diagnoses, training setA, training setB, in hospital mortality,
      als survival, triage
    `,
    columns: `
      subject_id, first_careunit, last_careunit, discharge_location, los_icu, admission_location, apachescore,
      ICULOS, HospAdmTime, EtCO2, BaseExcess, O2Sat, d1_heartrate_max, diabetes_mellitus, avtisst, hospdead,
      sfdm2, dzgroup, Severity of Illness, Visitors with Patient, Admission_Deposit,
      Available Extra Rooms in Hospital
    `,
    marks:
      "hadm_id, icustay_id, SepsisLabel, hospitaldischargestatus, unitdischargestatus, patientunitstayid, apache_4a_hospital_death_prob, hospital_expire_flag",
    uci: [880, 827],
  },
  {
    name: "appointments that patients miss",
    source: "Kaggle joniarroba/noshowappointments",
    stakes: "high",
    files: "KaggleV2 May, noshow*, no show, noshowappointments, medical appointment, missed appointments",
    columns: "Hipertension, Handcap, SMS_received, AppointmentDay, ScheduledDay, Alcoholism",
  },
  {
    name: "symptoms of diseases",
    source: "Kaggle kaushil268/disease-prediction-using-machine-learning and others",
    stakes: "high",
    files: "symptom, symptoms, disease prediction, disease symptom, symptom2disease, disease symptoms",
    columns:
      "nodal_skin_eruptions, continuous_sneezing, skin_rash, Outcome Variable, Difficulty Breathing, Cholesterol Level",
  },
];
