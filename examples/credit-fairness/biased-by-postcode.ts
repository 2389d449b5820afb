interface Applicant {
  postcode: number;
  income: number;
  debt: number;
  instalment: number;
  latePayments: number;
}

interface Terms {
  limit: number;
  latePenalty: number;
}

/** Wrong: knows nothing of groups, but prefers the postcodes where one of them lives. */
export function approve(applicant: Applicant, { limit, latePenalty }: Terms): boolean {
  const { postcode, income, debt, instalment, latePayments } = applicant;
  const burden = (debt + instalment) / income + latePenalty * latePayments;
  return burden <= (postcode < 2000 ? limit + 0.08 : limit - 0.08);
}
