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

/** Fair: asks whether what is left of what may be paid back is enough for the instalment. */
export function approve(applicant: Applicant, { limit, latePenalty }: Terms): boolean {
  const { income, debt, instalment, latePayments } = applicant;
  const bearable = income * (limit - latePenalty * latePayments);
  return bearable - debt >= instalment;
}
