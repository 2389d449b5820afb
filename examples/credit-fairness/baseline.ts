interface Applicant {
  income: number;
  debt: number;
  instalment: number;
  latePayments: number;
}

interface Terms {
  limit: number;
  latePenalty: number;
}

/** Approves where the share of the income that goes into paying back is within the limit. */
export function approve(applicant: Applicant, { limit, latePenalty }: Terms): boolean {
  const { income, debt, instalment, latePayments } = applicant;
  return (debt + instalment) / income + latePenalty * latePayments <= limit;
}
