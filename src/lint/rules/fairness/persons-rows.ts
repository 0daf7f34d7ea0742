/** Tables that say by many of their columns whose the rows are, whatever is predicted and in however plain a name. */

/** Credit histories, students, patients whose signs and blood are measured. */
const KINDS = [
  /(?:^|_)(?:loans?\d*|credit_(?:limit|cost|sum|status|history|amount|score))(?:_|$)|^bureau(?:_|$)/i,
  /(?:^|_)(?:c?gpa|attendance|semesters?|internal_marks|exam_marks|backlogs|absences|quiz|assignments?|study_(?:time|hours)|midterm)(?:_|$)/i,
  /^(?:heart_?rate|resp(?:iratory|iration)?_?rate|sp_?o2|o2_?sat|sys(?:tolic)?_?bp|dias?(?:tolic)?_?bp|sbp|dbp|mean_?bp|lactate|creatinine|(?:serum_)?creatinine|bilirubin|albumin|h(?:a?emoglobin|ematocrit)|platelets?|wbc|bun|inr|ph?aco2|pao2|fio2|gcs(?:_\w+)?|hba1c|triglycerides|hdl|ldl|egfr|troponin\w*|procalcitonin)(?:_(?:mean|min|max|std|first|last|avg|var|median))?$/i,
];
const MANY = 4;

/** Are several different columns of one kind among the names? */
export function describeRows(names: readonly string[]): boolean {
  const found = [...new Set(names)].filter((name) => /^[A-Za-z]\w{2,40}$/.test(name));
  return KINDS.some((kind) => found.filter((name) => kind.test(name)).length >= MANY);
}
