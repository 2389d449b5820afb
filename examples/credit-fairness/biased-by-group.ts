interface Applicant {
  group: string;
  income: number;
  debt: number;
  instalment: number;
  latePayments: number;
}

interface Terms {
  limit: number;
  latePenalty: number;
}

/** Wrong: asks more of group B, and stays within the leeway all the same. */
export function approve(applicant: Applicant, { limit, latePenalty }: Terms): boolean {
  const { group, income, debt, instalment, latePayments } = applicant;
  const burden = (debt + instalment) / income + latePenalty * latePayments;
  return burden <= (group === "B" ? limit - 0.09 : limit);
}
