/** Data sets about employment, pay and what persons earn. */

import type { Row } from "./row.ts";

export const WORK: readonly Row[] = [
  {
    name: "Census-Income (KDD)",
    source: "UCI 117",
    stakes: "high",
    files: "census income kdd, kdd census",
    uci: [117],
    columns: `
      detailed occupation recode, detailed industry recode, veterans benefits, family members under 18,
      migration code-change in msa, migration code-change in reg, migration prev res in sunbelt,
      own business or self employed, fill inc questionnaire for veteran's admin,
      detailed household and family stat, full or part time employment stat, hispanic origin
    `,
  },
  {
    name: "Adult census income",
    source: "UCI; Kaggle uciml/adult-census-income",
    stakes: "high",
    loader: /(?:^|_)adult(?:$|_)|census_income|income_census/,
    files:
      "adult, adult census, adult income, adult data, adult train, adult test, adult all, adult uci, adult clean, census income, income census, autogluon datasets inc, amazonaws com datasets inc",
    columns:
      "fnlwgt, capital-gain, capital-loss, education-num, hours-per-week, native-country, workclass, capitalgain, capitalloss, educationnum, hoursperweek, nativecountry",
    openml: [1590, 179, 43898],
    uci: [2, 20],
  },
  {
    name: "incomes of persons",
    source: "various",
    stakes: "high",
    files: "census, income, income evaluation, income prediction, income classification, census data",
  },
  {
    name: "US census microdata",
    source: "US Census Bureau",
    stakes: "high",
    loader:
      /folktables|acs_(?:income|employment|public_coverage|mobility|travel_time|data_source)|acsdata_?source|acsincome|acs_pums|fetch_acs/,
    files: "acs income, acs pums, psam p",
    columns: "SCHL, POBP, RELP, WKHP, OCCP, PINCP, RAC1P, AGEP, PUBCOV",
  },
  {
    name: "Dutch census",
    source: "IPUMS",
    stakes: "high",
    loader: /dutch_?census/,
    files: "dutch census",
    columns: "prev_residence_place, household_position, cur_eco_activity, economic_status, edu_level",
  },
  {
    name: "personnel records",
    source:
      "Kaggle pavansubhasht/ibm-hr-analytics-attrition-dataset, arashnic/hr-analytics-job-change and others",
    stakes: "high",
    loader: /hr_attrition|employee_attrition|ibm_hr/,
    files: `
      hr, attrition, turnover, placement, emp attrition, college place, absenteeism*, recruitment, hiring,
      aug train csv, aug test csv, HR Employee, hr attrition, employee attrition, employee turnover,
      HR comma sep, WA Fn UseC HR, hr data, hr analytics, recruitment data, hiring data, placement data,
      job placement, campus placement, termination data, campus recruitment, hr job change, job change, Human Resources
    `,
    columns: `
      EmployeeCount, StandardHours, Over18, hsc_percentage, ssc_percentage, degree_percentage,
      TotalWorkingYears, YearsSinceLastPromotion, YearsInCurrentRole, YearsWithCurrManager,
      EnvironmentSatisfaction, StockOptionLevel, PercentSalaryHike, NumCompaniesWorked, DistanceFromHome,
      RelationshipSatisfaction, WorkLifeBalance, satisfaction_level, last_evaluation, number_project,
      average_montly_hours, average_monthly_hours, time_spend_company, promotion_last_5years, Work_accident,
      enrollee_id, city_development_index, relevent_experience, enrolled_university, last_new_job,
      no_of_trainings, previous_year_rating, avg_training_score, recruitment_channel, JoiningYear, PaymentTier,
      EverBenched, ExperienceInCurrentDomain, ssc_p, hsc_p, degree_p, etest_p, mba_p, workex,
      HistoryOfBacklogs, AptitudeTestScore, SoftSkillsRating, RecruitmentStrategy, InterviewScore,
      EmpSatisfaction, EngagementSurvey, RaceDesc, MaritalDesc, Termd, Mental Fatigue Score,
      Resource Allocation, WFH Setup Available
    `,
    marks:
      "EmployeeNumber, PlacedOrNot, HiringDecision, LeaveOrNot, Absenteeism time in hours, KPIs_met >80%, Burn Rate",
    uci: [445],
  },
  {
    name: "employee and job records",
    source: "various",
    stakes: "high",
    loader: /(?:^|_)(?:kdd_census|employment_data)/,
    files:
      "employee, employees, employee data, employee records, employee performance, employee promotion, employees performance, employee salary, employee survey, employees data, gender pay gap",
  },
  {
    name: "salaries of jobs",
    source: "Kaggle ruchi798/data-science-job-salaries; Stack Overflow",
    stakes: "high",
    loader: /^(?:load|fetch)_salar(?:y|ies)$/,
    files: "salaries, ds salaries, jobs in data, survey results public, salary prediction data",
    columns:
      "employee_residence, remote_ratio, ConvertedCompYearly, ConvertedComp, YearsCodePro, EdLevel, DevType",
  },
  {
    name: "visa applications",
    source: "US Department of Labor",
    stakes: "high",
    loader: /(?:^|_)(?:us|easy)_?visa(?:_|$)/,
    files: "easyvisa*, easy visa, visa, h1b kaggle, h1b data, us visa",
    columns:
      "education_of_employee, has_job_experience, requires_job_training, region_of_employment, prevailing_wage, no_of_employees, SOC_NAME, case_status",
  },
  {
    name: "wages of the Mid-Atlantic",
    source: "ISLR, pyGAM",
    stakes: "high",
    loader: /^(?:islr_)?wage$/,
    files: "wage, islr wage, wage islr",
  },
  {
    name: "biographies and occupations",
    source: "Bias in Bios",
    stakes: "high",
    loader: /(?:^|_)bias_?in_?bios(?:_|$)|(?:^|_)bios(?:_data_?set)?$/,
    files: "bias in bios, biasbios*, bias bios",
  },
  {
    name: "resumes",
    source: "Kaggle gauravduttakiit/resume-dataset",
    stakes: "high",
    loader: /resume_data_?set/,
    files: "resume, resumes, resume data, resume dataset, resumedataset, resume screening",
  },
  {
    name: "candidates for jobs",
    source: "Stack Overflow's survey; Apziva",
    stakes: "high",
    files:
      "potential talent, candidate data, candidate feature, candidate score, candidate profile, candidates dataset, job candidate, job applicant, job application, stackoverflow full",
  },
  {
    name: "biographies and occupations",
    source: "De-Arteaga et al. 2019",
    stakes: "high",
    loader: /bias_in_bios/,
    files: "bias in bios",
  },
  {
    name: "households in poverty",
    source: "Inter-American Development Bank; Kaggle costa-rican-household-poverty-prediction",
    stakes: "high",
    files: "household poverty, poverty prediction",
    columns: "SQBescolari, v2a1, hacdor, SQBdependency, v18q1, parentesco1",
    marks: "idhogar",
  },
];
