/** How a column's cells stand. */
export type Alignment = "left" | "right";

/**
 * Rows as lines with columns of equal width, two spaces apart, without spaces at the end. Widths are
 * those of plain text: paint lines afterwards.
 */
export function alignColumns(rows: string[][], alignments: Alignment[]): string[] {
  const widths = alignments.map((_, column) =>
    rows.reduce((most, row) => Math.max(most, [...(row[column] ?? "")].length), 0)
  );
  return rows.map((row) => {
    const cells = alignments.map((alignment, column) => {
      const cell = row[column] ?? "";
      const space = " ".repeat((widths[column] ?? 0) - [...cell].length);
      return alignment === "right" ? space + cell : cell + space;
    });
    return cells.join("  ").trimEnd();
  });
}
