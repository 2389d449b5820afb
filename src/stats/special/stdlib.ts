/*
 * The parts of stdlib that Cupel uses. Built by build.ts into stdlib.generated.js, one file: as packages
 * they are two hundred, which would take a tenth of a second to load and every user to install.
 */
export { default as exp } from "@stdlib/math-base-special-exp";
export { default as expm1 } from "@stdlib/math-base-special-expm1";
export { default as gammaln } from "@stdlib/math-base-special-gammaln";
export { default as ln } from "@stdlib/math-base-special-ln";
export { default as log1p } from "@stdlib/math-base-special-log1p";
export { default as betaCdf } from "@stdlib/stats-base-dists-beta-cdf";
export { default as betaQuantile } from "@stdlib/stats-base-dists-beta-quantile";
export { default as normalCdf } from "@stdlib/stats-base-dists-normal-cdf";
export { default as normalQuantile } from "@stdlib/stats-base-dists-normal-quantile";
export { default as tCdf } from "@stdlib/stats-base-dists-t-cdf";
export { default as tQuantile } from "@stdlib/stats-base-dists-t-quantile";
