/** What Regulation B says, as documents print it. */

export const REGULATION_B =
  "12 CFR 1002.9 and its official interpretations (Supplement I), 1002.12(b) and Appendix C, as amended with effect from 21 July 2026";

/** 12 CFR 1002.9(b)(1); a text of the project's own takes its place. */
export const ECOA_NOTICE =
  "The federal Equal Credit Opportunity Act prohibits creditors from discriminating against credit applicants on the basis of race, color, religion, national origin, sex, marital status, age (provided the applicant has the capacity to enter into a binding contract); because all or part of the applicant's income derives from any public assistance program; or because the applicant has in good faith exercised any right under the Consumer Credit Protection Act. The federal agency that administers compliance with this law concerning this creditor is";

export const REGULATORY_NOTE =
  "Regulation B as amended with effect from 21 July 2026: it has no effects test since then; disparate treatment, the Fair Housing Act and state law stay. The CFPB's Circulars 2022-03 and 2023-03 were withdrawn on 12 May 2025 and are not relied on.";

/** Days after a complete application from which a notice is late: 1002.9(a)(1). */
const NOTICE_DAYS = 30;

/** Months for which records are kept: 1002.12(b). */
export const retentionWords = (business: boolean | undefined): string =>
  business === undefined
    ? "25 months after the notice; 12 months for business credit"
    : business
      ? "12 months after the notice (business credit)"
      : "25 months after the notice";

/** "2026-03-02" of "2026-01-31"; null for what is no day. */
export function notifyBy(completed: string | null): string | null {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(completed ?? "") ?? [];
  if (day === undefined) return null;
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day)) return null;
  date.setUTCDate(date.getUTCDate() + NOTICE_DAYS);
  return date.toISOString().slice(0, 10);
}
