/** A property as its task declares it. */
export interface PropertyDescription {
  name: string;
  /** A hard one decides whether a case passes, a soft one is only reported. */
  severity: "hard" | "soft";
  description: string;
}

/** A relation as its task declares it. */
export interface RelationDescription {
  name: string;
  category: string;
  description: string;
  weight: number;
}

/** How the interval of a metric's difference is made. */
export type MetricInterval = "bca" | "percentile" | "basic" | "t";

/** A metric as its task declares it. */
export interface MetricDescription {
  name: string;
  kind: "mean" | "sum";
  direction: "higher" | "lower";
  interval: MetricInterval;
  description: string;
}

/** What a task says of itself, read from its isolate before the run. */
export interface TaskDescription {
  name: string;
  /** The function that an arm exports. */
  entry: string;
  properties: PropertyDescription[];
  relations: RelationDescription[];
  metrics: MetricDescription[];
  /** Number of fixed cases, which come first. */
  fixedCases: number;
  /** Whether there are cases after the fixed ones. */
  generates: boolean;
  /** Whether the candidate's outputs must be the baseline's. */
  sameAsBaseline: boolean;
  /** Whether a relation derives its follow-up from the source's output. */
  feedsBack: boolean;
  clusters: boolean;
  groups: boolean;
  formats: boolean;
}
