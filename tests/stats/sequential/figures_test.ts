import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../house/sources.ts";
import { figuresOf } from "./figures.ts";

const PAGE = join(ROOT, "docs", "sequential.md");

/** The table's rows: what the candidate is, its two rates, and the figures. */
function rowsOfPage(): { rates: string; regress: number; improve: number; figures: string[] }[] {
  const lines = readFileSync(PAGE, "utf8").split("\n");
  const head = lines.findIndex((line) => line.startsWith("| the candidate is |"));
  const rows = lines.slice(head + 2);
  return rows.slice(0, rows.findIndex((line) => !line.startsWith("|"))).map((line) => {
    const [, , lost = "", won = "", ...figures] = line.split("|").map((cell) => cell.trim());
    const [regress = NaN, improve = NaN] = [lost, won].map((cell) => parseFloat(cell) / 100);
    return { rates: `${lost} lost, ${won} won`, regress, improve, figures: figures.slice(0, -1) };
  });
}

describe("the figures of docs/sequential.md are what the code gives", () => {
  const rows = rowsOfPage();

  test("for clearly bad, equal and better candidates", () => {
    expect(rows.length).toBeGreaterThanOrEqual(9);
  });

  test.each(rows)("$rates", ({ regress, improve, figures }) => {
    expect(figures).toEqual(figuresOf({ regress, improve }));
  });
});
