/** Student's sleep data (1908), as in R's `sleep`: hours of extra sleep under two drugs. */
export const SLEEP = {
  first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
  second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
};

/** Test A of the spatial data, Efron and Tibshirani (1993), table 14.1. */
export const SPATIAL_A = Float64Array.of(
  ...[48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6],
  ...[0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41],
);

/** The law school data, Efron and Tibshirani (1993), table 3.1. */
export const LAW_SCHOOL = {
  lsat: Float64Array.of(
    ...[576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594],
  ),
  gpa: Float64Array.of(
    ...[3.39, 3.3, 2.81, 3.03, 3.44, 3.07, 3, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96],
  ),
};

/** Populations of ten cities in 1920 and 1930, as in R's `boot::city`. */
export const CITY = {
  in1920: Float64Array.of(138, 93, 61, 179, 48, 37, 29, 23, 30, 2),
  in1930: Float64Array.of(143, 104, 69, 260, 75, 63, 50, 48, 111, 50),
};

/** Pups that survived, of pups alive, in each litter: Weil (1970), table 1 of Rao and Scott (1992). */
export const LITTERS = {
  control: {
    survived: [13, 12, 9, 9, 8, 8, 12, 11, 9, 9, 8, 11, 4, 5, 7, 7],
    alive: [13, 12, 9, 9, 8, 8, 13, 12, 10, 10, 9, 13, 5, 7, 10, 10],
  },
  treated: {
    survived: [12, 11, 10, 9, 10, 9, 9, 8, 8, 4, 7, 4, 5, 3, 3, 0],
    alive: [12, 11, 10, 9, 11, 10, 10, 9, 9, 5, 9, 7, 10, 6, 10, 7],
  },
};
