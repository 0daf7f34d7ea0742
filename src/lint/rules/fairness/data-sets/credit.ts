/** Data sets about applications for credit, and how it was paid back. */

import type { Row } from "./row.ts";

export const CREDIT: readonly Row[] = [
  {
    name: "German Credit",
    source: "UCI; Kaggle kabure/german-credit-data-with-risk",
    stakes: "high",
    loader: /german(?:$|_credit|_data(?:set|_module)?)|(?:^|_)credit_g(?:$|_)|statlog_german/,
    files: "german, german credit, german data, statlog german, credit g, south german, credit german",
    columns: `
      checking_status, savings_status, checking_account, Saving accounts, Checking account, installment_rate,
      installment_commitment, property_magnitude, other_parties, other_payment_plans, existing_credits,
      num_dependents, own_telephone, present_residence, residence_since, foreign_worker
    `,
    openml: [31],
    uci: [144, 573],
  },
  {
    name: "HMDA mortgages",
    source: "CFPB",
    stakes: "high",
    loader: /(?:^|_)hmda/,
    files: "hmda, hmda lar, state hmda, public lar",
    columns:
      "derived_race, derived_ethnicity, derived_sex, action_taken, applicant_race_1, applicant_ethnicity, applicant_sex, denial_reason_1, loan_to_value_ratio, debt_to_income_ratio, property_value",
  },
  {
    name: "Home Credit",
    source: "Kaggle home-credit-default-risk",
    stakes: "high",
    loader: /home_credit/,
    files: "home credit, application train, application test, bureau balance, POS CASH balance",
    columns: "EXT_SOURCE_1, EXT_SOURCE_2, EXT_SOURCE_3, AMT_ANNUITY, DAYS_ID_PUBLISH, SK_ID_BUREAU",
    marks: "SK_ID_CURR",
  },
  {
    name: "LendingClub loans",
    source: "LendingClub; Kaggle wordsforthewise/lending-club",
    stakes: "high",
    loader: /lending_?club/,
    files: "lending club, accepted 2007, rejected 2007, loan stats",
    columns: `
      sub_grade, revol_util, revol_bal, inq_last_6mths, delinq_2yrs, pub_rec, open_acc, total_acc, annual_inc,
      fico_range_low, initial_list_status, funded_amnt, emp_length, emp_title, dti, total_rec_prncp, out_prncp,
      mths_since_last_delinq, inq.last.6mths, log.annual.inc, days.with.cr.line, credit.policy, revol.util
    `,
    marks: "not.fully.paid, earliest_cr_line",
  },
  {
    name: "credit card default",
    source: "UCI; Kaggle uciml/default-of-credit-card-clients-dataset",
    stakes: "high",
    loader: /^credit$|credit_card_default|default_of_credit_card|taiwan(?:ese)?(?:_|$)|fetch_credit_card/,
    files:
      "UCI Credit Card, credit card client, credit card clients, default of credit, credit card default, default credit card",
    columns:
      "LIMIT_BAL, PAY_0, PAY_2, PAY_3, BILL_AMT1, BILL_AMT2, BILL_AMT3, PAY_AMT1, PAY_AMT2, PAY_AMT3, BILL_AMT6, PAY_AMT6",
    marks: "default.payment.next.month",
    openml: [42477],
    uci: [350],
  },
  {
    name: "SimuCredit",
    source: "PiML, simulated",
    stakes: "high",
    loader: /^simu_credit$/,
    files: "simu credit, SimuCredit*",
  },
  {
    name: "Give Me Some Credit",
    source: "Kaggle GiveMeSomeCredit",
    stakes: "high",
    loader: /give_me_some_credit/,
    files: "cs training, give me some",
    columns:
      "DebtRatio, NumberOfOpenCreditLinesAndLoans, NumberOfTimes90DaysLate, NumberRealEstateLoansOrLines, NumberOfDependents",
    marks: "SeriousDlqin2yrs, RevolvingUtilizationOfUnsecuredLines",
  },
  {
    name: "loan applications",
    source: "UCI; Kaggle altruistdelhite04, laotse, architsharma01, nikhil1e9 and others",
    stakes: "high",
    loader:
      /loan_(?:approval|prediction|default|eligibility|data|no_history|applicants?)|^(?:load|read)_loans?$/,
    files: `
      credit, microfinance, loan, loans, applicants, lending, crx, australian, train u6lujuX, cc approvals,
      mortgage, cr loan, loan data, loan approval, loan prediction, loan default, loan status,
      loan eligibility, loan application, loan train, loan test, loan risk, loan borrower, loan sanction,
      bank loan, home loan, personal loan, vehicle loan, train loan, credit risk, credit scoring,
      credit approval, credit application, credit train, credit default, credit data, credit customer,
      mortgage data, loan detection
    `,
    columns: `
      Loan_ID, ApplicantIncome, CoapplicantIncome, Loan_Amount_Term, Property_Area, cibil_score, income_annum,
      residential_assets_value, commercial_assets_value, luxury_assets_value, bank_asset_value,
      person_home_ownership, loan_percent_income, cb_person_default_on_file, cb_person_cred_hist_length,
      person_emp_length, MonthsEmployed, NumCreditLines, DTIRatio, HasCoSigner, Credit_Worthiness,
      approv_in_adv, House_Ownership, CURRENT_JOB_YRS, CURRENT_HOUSE_YRS, CCAvg, CD Account,
      Securities Account, PERFORM_CNS.SCORE, disbursed_amount, daily_decr30, cnt_ma_rech30, PriorDefault,
      BankCustomer, YearsEmployed, DriversLicense
    `,
    uci: [27],
  },
  {
    name: "credit scores",
    source: "Kaggle parisrohan/credit-score-classification",
    stakes: "high",
    files: "credit score classification",
    columns:
      "Monthly_Inhand_Salary, Num_Bank_Accounts, Num_Credit_Card, Outstanding_Debt, Credit_Mix, Credit_Utilization_Ratio, Payment_Behaviour, Delay_from_due_date, Changed_Credit_Limit, Payment_of_Min_Amount",
  },
  {
    name: "American Express defaults",
    source: "Kaggle amex-default-prediction",
    stakes: "high",
    files: "amex default, amex data, amex train, amex test",
  },
  {
    name: "FICO's HELOC applications",
    source: "FICO",
    stakes: "high",
    loader: /(?:^|_)heloc(?:$|_)/,
    files: "heloc*",
    columns:
      "MSinceOldestTradeOpen, AverageMInFile, NumSatisfactoryTrades, MaxDelqEver, PercentTradesNeverDelq, NumInqLast6M",
    marks: "ExternalRiskEstimate, RiskPerformance",
  },
  {
    name: "credit card applications",
    source: "Kaggle rikdifos/credit-card-approval-prediction",
    stakes: "high",
    loader: /credit_card_approval/,
    files: "application record, credit record, credit card approval, credit card application",
    columns:
      "FLAG_OWN_CAR, FLAG_OWN_REALTY, AMT_INCOME_TOTAL, NAME_INCOME_TYPE, NAME_EDUCATION_TYPE, NAME_FAMILY_STATUS, NAME_HOUSING_TYPE, DAYS_BIRTH, DAYS_EMPLOYED, CNT_CHILDREN, OCCUPATION_TYPE, MONTHS_BALANCE",
  },
  {
    name: "Prosper loans",
    source: "Prosper",
    stakes: "high",
    files: "prosper loan",
    columns: "ProsperScore, BorrowerAPR, BorrowerRate, StatedMonthlyIncome, IsBorrowerHomeowner",
  },
  {
    name: "Kiva loans",
    source: "Kaggle kiva/data-science-for-good-kiva-crowdfunding",
    stakes: "high",
    files: "kiva loan",
    marks: "borrower_genders",
  },
];
