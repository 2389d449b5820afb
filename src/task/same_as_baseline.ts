/** What reports call the property that `sameAsBaseline` stands for. */
export const SAME_AS_BASELINE = "same as the baseline";
