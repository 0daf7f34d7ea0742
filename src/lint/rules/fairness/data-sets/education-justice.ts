/** Data sets about students, admissions, courts and police. */

import type { Row } from "./row.ts";

export const EDUCATION_AND_JUSTICE: readonly Row[] = [
  {
    name: "student performance",
    source: "UCI; Kaggle spscientist/students-performance-in-exams and others",
    stakes: "high",
    loader: /student_(?:performance|dropout|por|mat)|student_admission/,
    files: `
      student, students, dropout, dropouts, student mat, student por, student performance,
      students performance, student data, students data, student dropout, students dropout, student score,
      students score, student grade, students grade, student marks, students marks, student exam, exam result,
      exam score, scholarship, student habits, student depression, student success, student info dropout,
      students adaptability, academic performance, academic success, student retention
    `,
    columns: `
      Medu, Fedu, Mjob, Fjob, schoolsup, famsup, famrel, goout, Dalc, Walc, studytime, math score,
      reading score, writing score, parental level of education, test preparation course, StudyTimeWeekly,
      ParentalSupport, ParentalEducation, GradeClass, Hours_Studied, Previous_Scores, Tutoring_Sessions,
      Parental_Involvement, Exam_Score, Peer_Influence, study_hours_per_day, social_media_hours, netflix_hours,
      attendance_percentage, Sample Question Papers Practiced, Performance Index, Tuition fees up to date,
      Scholarship holder, Curricular units 1st sem (approved), Curricular units 2nd sem (approved),
      Curricular units 2nd sem (grade), Daytime/evening attendance, Educational special needs
    `,
    marks: "hours_studied, study_hours",
    uci: [320, 697],
    openml: [42351, 42352],
  },
  {
    name: "admissions",
    source: "UCLA; Kaggle mohansacharya/graduate-admissions",
    stakes: "high",
    files:
      "admission, admissions, admission predict, graduate admission, university admission, binary admission, college admission",
    columns: "GRE Score, TOEFL Score, University Rating, gre, gpa, sop, lor, cgpa",
    marks: "Chance of Admit",
  },
  {
    name: "students of online courses",
    source: "Open University; Kaggle aljarah/xAPI-Edu-Data",
    stakes: "high",
    loader: /(?:^|_)oulad(?:_|$)/,
    files: "oulad*, student info, studentInfo, xAPI Edu, student vle, student assessment",
    columns:
      "code_presentation, imd_band, num_of_prev_attempts, studied_credits, id_student, raisedhands, VisITedResources, AnnouncementsView, ParentAnsweringSurvey, StudentAbsenceDays",
    uci: [349],
  },
  {
    name: "LSAC bar passage",
    source: "LSAC; Kaggle danofer/law-school-admissions-bar-passage",
    stakes: "high",
    loader: /law_?school|(?:^|_)lsac|bar_pass/,
    files: "bar pass, law school, lsac, law data",
    columns: "lsat, ugpa, zfygpa, zgpa, decile1b, decile3, fam_inc",
    openml: [43890, 43904],
  },
  {
    name: "COMPAS recidivism",
    source: "ProPublica",
    stakes: "high",
    loader: /compas(?:$|_)/,
    files: "compas*, compas scores, compas two, cox violent, propublica",
    columns:
      "priors_count, juv_fel_count, juv_misd_count, juv_other_count, c_charge_degree, decile_score, days_b_screening_arrest",
    openml: [42192, 42193],
  },
  {
    name: "recidivism",
    source: "National Institute of Justice; Rossi et al. 1980",
    stakes: "high",
    loader: /recidivism|^load_rossi$/,
    files: "recid, recidivism, defendants, inmates, prisoners, recidivism data, recidivism challenge, rossi",
    columns:
      "Supervision_Risk_Score_First, Gang_Affiliated, Prison_Offense, Prior_Arrest_Episodes_Felony, Supervision_Level_First",
  },
  {
    name: "police stops",
    source: "NYPD; Stanford Open Policing Project",
    stakes: "high",
    files: "stop and frisk, sqf, police stops, traffic stops",
    columns: "driver_age, SEARCHED_FLAG, driver_race, search_conducted, is_arrested, arstmade, stop_outcome",
    marks: "SUSPECT_RACE_DESCRIPTION, FRISKED_FLAG",
  },
  {
    name: "parole violations",
    source: "National Corrections Reporting Program; MITx 15.071",
    stakes: "high",
    files: "parole, parolee, parolees",
    columns: "time.served, max.sentence, multiple.offenses, violator",
  },
  {
    name: "graded essays",
    source: "Kaggle asap-aes",
    stakes: "high",
    files: "training set rel3, asap aes",
    columns: "essay_set, rater1_domain1, rater2_domain1",
    marks: "domain1_score",
  },
];
