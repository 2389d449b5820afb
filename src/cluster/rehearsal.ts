import type { JavaScriptArtifact } from "../../sandbox/artifact.ts";
import { DEFAULT_LIMITS } from "../../sandbox/limits.ts";
import { digest } from "../evaluate/digest.ts";
import type { RunSpec } from "../evaluate/run_spec.ts";

/** Some of what tasks are written with, so that the engine's code for it is compiled. */
const CODE = `
class Shape { #sides = 4; get sides() { return this.#sides; } static of(...all) { return new this(...all); } }
class Square extends Shape { constructor(width = 1) { super(); this.width = width; } }
function* count(to) { for (let at = 0; at < to; at++) yield at; }
const { width, ...others } = Square.of(2);
const places = new Map([...count(9)].map((value, at) => [String(value), { at, width, ...others }]));
const words = /^(?<head>[a-z]+)-(\\d+)$/u.exec("abc-12")?.groups?.head ?? "none";
const text = JSON.stringify([...places, words, 1.5, null, [3, 1, 2].sort((a, b) => a - b)]);
try { JSON.parse(text.slice(1)); } catch (error) { String(error); }
export function describe() { return Object.entries(JSON.parse(text)).length + Number(10n ** 20n % 7n); }
`;

const artifact: JavaScriptArtifact = {
  kind: "javascript",
  code: CODE,
  sha256: digest(CODE),
  name: "rehearsal.js",
};

/** A run of which nothing but the loading of its guests is wanted. */
export const REHEARSAL: RunSpec = {
  task: artifact,
  baseline: artifact,
  candidate: artifact,
  n: 1,
  seed: 0,
  limits: DEFAULT_LIMITS,
  repetitions: 1,
};
