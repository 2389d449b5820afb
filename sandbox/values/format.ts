/*
 * The text format: JSON in which an object whose first key is `$` is a tag.
 *
 *   undefined        {"$":"undefined"}
 *   NaN and so on    {"$":"number","v":"NaN"}           also "Infinity", "-Infinity", "-0"
 *   bigint           {"$":"bigint","v":"123"}
 *   Date             {"$":"date","v":1735689600000}     milliseconds, or null for an invalid date
 *   Map              {"$":"map","v":[[key,value],…]}
 *   Set              {"$":"set","v":[value,…]}
 *   typed arrays     {"$":"Uint8Array","v":[1,2,3]}     the name of the class; numbers that JSON
 *                                                       lacks as in "number", 64-bit ones as text
 *   {"$": …}         {"$":"object","v":[[key,value],…]} an object that has a key `$` itself
 */

/** Most containers inside one another: the native recursion of every engine is far from its limit. */
export const MAX_DEPTH = 100;

/** Most levels of brackets in a text: a map, the deepest container, opens three. */
export const MAX_NESTING = 3 * MAX_DEPTH;

/** Most digits of a bigint: turning longer ones into text and back takes time quadratic in them. */
export const MAX_BIGINT_DIGITS = 10_000;

/** Most milliseconds that a `Date` can be away from 1970 (ECMA-262, time values). */
export const MAX_TIME = 8.64e15;

/** What may cross, for messages. */
export const ACCEPTED =
  "null, undefined, booleans, numbers, bigints, strings, arrays, plain objects, Date, Map, Set and typed arrays";
