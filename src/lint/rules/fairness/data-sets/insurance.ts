/** Data sets about persons that are insured, and what they cost. */

import type { Row } from "./row.ts";

export const INSURANCE: readonly Row[] = [
  {
    name: "medical expenditure",
    source: "AHRQ",
    stakes: "high",
    loader: /(?:^|_)meps(?:_?dataset)?\d*/,
    files: "h181, h192, meps panel",
    columns: "PERWT15F, PCS42, MCS42, K6SUM42, POVCAT15, INSCOV15",
  },
  {
    name: "medical insurance charges",
    source: "Kaggle mirichoi0218/insurance, tejashvi14/medical-insurance-premium-prediction",
    stakes: "high",
    loader: /insurance_(?:charges|cost)/,
    files:
      "insurance, medical insurance, health insurance, medical cost, medicalpremium*, medical premium, insurance cost, insurance charges, insurance premium",
    columns:
      "smoker, charges, AnyTransplants, AnyChronicDiseases, KnownAllergies, HistoryOfCancerInFamily, NumberOfMajorSurgeries, BloodPressureProblems, PremiumPrice",
  },
  {
    name: "motor insurance claims",
    source: "CASdatasets",
    stakes: "high",
    loader: /fre_?mtpl/,
    files: "freMTPL, fre MTPL2freq, freMTPL2freq, freMTPL2sev, car insurance, auto insurance",
    columns:
      "ClaimNb, BonusMalus, DrivAge, VehPower, VehAge, DRIVING_EXPERIENCE, VEHICLE_OWNERSHIP, PAST_ACCIDENTS, SPEEDING_VIOLATIONS, DUIS",
    openml: [41214, 41215],
  },
  {
    name: "drivers' insurance claims",
    source: "Kaggle porto-seguro-safe-driver-prediction",
    stakes: "high",
    files: "porto seguro",
    columns:
      "ps_ind_01, ps_ind_02_cat, ps_ind_03, ps_reg_01, ps_reg_03, ps_car_01_cat, ps_car_13, ps_car_11_cat",
  },
  {
    name: "insurance claims",
    source: "Kaggle buntyshah/auto-insurance-claims-data, shivamb/vehicle-claim-fraud-detection",
    stakes: "high",
    files:
      "insurance claim, allstate claims, motor claims, car claims, insurance fraud, fraud oracle, claims fraud, prudential life",
    columns: `
      months_as_customer, policy_bind_date, umbrella_limit, incident_severity, insured_sex, insured_occupation,
      insured_education_level, insured_hobbies, total_claim_amount, AgeOfVehicle, AgeOfPolicyHolder,
      PastNumberOfClaims, BasePolicy, WitnessPresent, AccidentArea
    `,
    marks: "FraudFound_P",
  },
  {
    name: "insurance offers",
    source:
      "Kaggle anmolkumar/health-insurance-cross-sell-prediction, tejashvi14/travel-insurance-prediction-data",
    stakes: "low",
    files: "cross sell, travel insurance",
    columns:
      "Previously_Insured, Vehicle_Damage, Policy_Sales_Channel, Driving_License, TravelInsurance, EverTravelledAbroad, FrequentFlyer, FamilyMembers",
  },
];
