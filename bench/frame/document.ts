const HEADING = "## ";

/**
 * Puts sections into a document of Markdown: each in place of the one with the same heading, or at the end
 * where there is none. Everything else stays as it is.
 *
 * @param sections Each with its heading, `## …`, in the first line.
 */
export function withSections(document: string, sections: readonly string[]): string {
  const parts = document.trim().split(new RegExp(`^(?=${HEADING})`, "m")).map((part) =>
    part.trim()
  );
  for (const section of sections) {
    const heading = headingOf(section);
    if (!heading.startsWith(HEADING)) {
      throw new TypeError(
        `Cannot write a section as its first line must be a heading: current value is ${heading}`,
      );
    }
    const place = parts.findIndex((part) => headingOf(part) === heading);
    if (place < 0) parts.push(section.trim());
    else parts[place] = section.trim();
  }
  return `${parts.join("\n\n")}\n`;
}

function headingOf(part: string): string {
  return part.trimStart().split("\n", 1)[0] ?? "";
}
