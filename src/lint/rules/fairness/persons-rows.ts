/** Tables that say by many of their columns whose the rows are, whatever is predicted and in however plain a name. */

import { pattern } from "../../pattern.ts";

/** Credit histories, students, patients whose signs and blood are measured, stays in hospitals, claims of insured, employees. */
const KINDS = [
  /(?:^|_)(?:loans?\d*|credit_(?:limit|cost|sum|status|history|amount|score))(?:_|$)|^bureau(?:_|$)/i,
  /(?:^|_)(?:c?gpa|attendance|semesters?|internal_marks|exam_marks|backlogs|absences|quiz|assignments?|study_(?:time|hours)|midterm)(?:_|$)/i,
  pattern("i")`
    ^(?:
      heart_?rate|resp(?:iratory|iration)?_?rate|sp_?o2|o2_?sat|(?:body_)?temp(?:erature)?|sys(?:tolic)?_?bp|
      dias?(?:tolic)?_?bp|sbp|dbp|mean_?bp|lactate|creatinine|(?:serum_)?creatinine|bilirubin|albumin|
      h(?:a?emoglobin|ematocrit)|platelets?|wbc|bun|inr|ph?aco2|pao2|fio2|gcs(?:_\w+)?|hba1c|triglycerides|
      hdl|ldl|egfr|troponin\w*|procalcitonin
    )(?:_(?:mean|min|max|std|first|last|avg|var|median))?$
  `,
  pattern("i")`
    (?:^|_)(?:hadm|icu|ward|discharge|admission|readmi\w+|careunit|los|inpatient|outpatient|comorbidit\w+|
    charlson|elixhauser|icd_?(?:9|10)?|num_(?:procedures|medications|lab_procedures|diagnos[ei]s))(?:_|$)
  `,
  pattern("i")`
    (?:^|_)(?:claim_(?:amount|cost|count|history|frequency|severity|status|paid|type|ratio)|
    (?:num|total|prior|past|previous)_claims|claims_(?:count|paid|history)|
    policy_(?:number|type|holder|tenure|state|annual|premium|start|age)|premium(?:_amount)?|insured|
    deductible|incident_(?:type|severity|hour|state|city|date))(?:_|$)
  `,
  pattern("i")`
    ^(?:
      job_(?:level|role|satisfaction|involvement|title)|
      years_(?:at_company|in_role|since_promotion|with_manager)|tenure(?:_(?:years|months))?|
      over_?time(?:_hours)?|performance_(?:rating|score)|monthly_income|work_life_balance|promot\w+|
      satisfaction(?:_(?:level|score))?|number_projects?|last_evaluation|training_hours|engagement_score|
      absenteeism|manager_(?:id|rating)|department|salary(?:_\w+)?
    )$
  `,
];
const MANY = 4;

/** Are several different columns of one kind among the names? */
export function describeRows(names: readonly string[]): boolean {
  const found = [...new Set(names)].filter((name) => /^[A-Za-z]\w{2,40}$/.test(name));
  return KINDS.some((kind) => found.filter((name) => kind.test(name)).length >= MANY);
}
