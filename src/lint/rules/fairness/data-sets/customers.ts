/** Data sets about customers: what hangs on their models is an offer. */

import type { Row } from "./row.ts";

export const CUSTOMERS: readonly Row[] = [
  {
    name: "Telco churn",
    source: "IBM; Kaggle blastchar/telco-customer-churn",
    stakes: "low",
    groups: ["gender", "SeniorCitizen"],
    loader: /telco(?:_customer)?_churn/,
    files: "telco, telco churn, telco customer, WA Fn UseC Telco, telecom churn",
    columns:
      "PaperlessBilling, InternetService, TechSupport, StreamingTV, OnlineSecurity, MultipleLines, DeviceProtection",
  },
  {
    name: "customers who leave",
    source: "Kaggle shrutimechlearn/churn-modelling, sakshigoyal7/credit-card-customers and others",
    stakes: "low",
    loader: /customer_churn/,
    files: "churn, customer churn, bank churn, bankchurners, churn data, churn modelling, churn model",
    columns:
      "HasCrCard, IsActiveMember, NumOfProducts, EstimatedSalary, Total_Trans_Ct, Avg_Utilization_Ratio, Months_Inactive_12_mon, Attrition_Flag",
  },
  {
    name: "bank marketing",
    source: "UCI",
    stakes: "low",
    loader: /bank_marketing|(?:^|_)bank_dataset|fetch_bank/,
    files: "bank, bank marketing, bank full, bank additional, term deposit",
    columns: "pdays, emp.var.rate, cons.price.idx, cons.conf.idx, euribor3m, nr.employed",
    marks: "poutcome",
    openml: [1461, 44096],
    uci: [222],
  },
  {
    name: "marketing campaigns",
    source: "Kaggle imakash3011/customer-personality-analysis, vetrirah/customer and others",
    stakes: "low",
    files: "marketing campaign, customer personality, social network ads, financial inclusion",
    columns:
      "MntWines, NumDealsPurchases, AcceptedCmp1, AcceptedCmp3, Kidhome, Teenhome, Dt_Customer, cellphone_access, relationship_with_head, gender_of_respondent, Daily Time Spent on Site, Daily Internet Usage",
  },
  {
    name: "passengers of airlines",
    source: "Kaggle teejmahal20/airline-passenger-satisfaction",
    stakes: "low",
    files: "airline passenger satisfaction",
    columns:
      "Inflight wifi service, Ease of Online booking, Inflight entertainment, Leg room service, Type of Travel",
  },
  {
    name: "speed dating",
    source: "Fisman and Iyengar",
    stakes: "low",
    files: "speed dating",
    columns: "samerace, imprace, imprelig, dec_o, attr_o",
  },
];
