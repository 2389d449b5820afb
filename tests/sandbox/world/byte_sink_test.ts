import { describe, expect, test } from "vitest";
import { CollectingSink, LineSink } from "../../../sandbox/world/byte_sink.ts";
import { CapturedOutput } from "../../../sandbox/world/output.ts";

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function lineSink(limit = 1000) {
  const output = new CapturedOutput(limit);
  const sink = new LineSink(output, "log");
  const texts = () => output.take().map(({ text }) => text);
  return { output, sink, texts };
}

/** Writes bytes in parts of a length. */
function writeInParts(sink: LineSink | CollectingSink, bytes: Uint8Array, length: number): void {
  for (let at = 0; at < bytes.length; at += length) sink.write(bytes.subarray(at, at + length));
}

describe("a stream of lines", () => {
  test("ends a line at each line feed, and the last at the end", () => {
    const { sink, texts } = lineSink();
    sink.write(utf8("one\n\ntw"));
    sink.write(utf8("o\nthree"));
    expect(texts()).toEqual(["one", "", "two"]);
    sink.end();
    expect(texts()).toEqual(["three"]);
    sink.end();
    expect(texts()).toEqual([]);
  });

  test.each([1, 2, 3, 5, 7])("is the same in writes of %i bytes", (length) => {
    const text = "aé€𝄞\n𝄞€éa\n\n日本語\r\n\0tail";
    const { sink, texts } = lineSink();
    writeInParts(sink, utf8(text), length);
    sink.end();
    expect(texts()).toEqual(text.split("\n"));
  });

  test("takes bytes that are no UTF-8 as replacement characters, each line by itself", () => {
    const { sink, texts } = lineSink();
    sink.write(Uint8Array.of(0xff, 10, 0xe2, 0x82, 10, 0xac, 10, 0x41, 10));
    expect(texts()).toEqual(["\ufffd", "\ufffd", "\ufffd", "A"]);
  });

  test("keeps a byte order mark", () => {
    const { sink, texts } = lineSink();
    sink.write(utf8("\ufeffa\n\ufeff\n"));
    expect(texts()).toEqual(["\ufeffa", "\ufeff"]);
  });

  test("keeps no reference to what is written", () => {
    const { sink, texts } = lineSink();
    const bytes = utf8("abc");
    sink.write(bytes);
    bytes.fill(0);
    sink.end();
    expect(texts()).toEqual(["abc"]);
  });

  test("is cut at the limit, without half of a character", () => {
    const { sink, texts } = lineSink(4);
    sink.write(utf8("a€€\nmore\n"));
    expect(texts()).toEqual(["a€", "(output beyond 4 bytes was dropped)"]);
    const second = lineSink(3);
    second.sink.write(utf8("a€\n"));
    expect(second.texts()).toEqual(["a", "(output beyond 3 bytes was dropped)"]);
  });

  test("is cut alike however it is written", () => {
    const bytes = utf8("12345\n123€56\n789\n".repeat(3));
    const cut = [1, 2, 3, 100].map((length) => {
      const { sink, texts } = lineSink(17);
      writeInParts(sink, bytes, length);
      sink.end();
      return texts();
    });
    expect(cut).toEqual(cut.map(() => cut[0]));
    expect(cut[0]?.at(-1)).toBe("(output beyond 17 bytes was dropped)");
  });

  test("a line without end is one text of the limit's size", () => {
    const { sink, texts } = lineSink(100_000);
    const piece = utf8("x".repeat(1000));
    for (let count = 0; count < 10_000; count++) sink.write(piece);
    expect(sink.held).toBe(100_000);
    sink.end();
    expect(sink.held).toBe(0);
    const [text = "", dropped] = texts();
    expect(text).toHaveLength(100_000);
    expect(dropped).toBe("(output beyond 100000 bytes was dropped)");
  });

  test("two streams of one output share its limit", () => {
    const output = new CapturedOutput(10);
    const [log, error] = [new LineSink(output, "log"), new LineSink(output, "error")];
    log.write(utf8("12345678"));
    error.write(utf8("abcdefgh\n"));
    log.write(utf8("9\n"));
    expect(output.take()).toEqual([
      { level: "error", text: "abcdefgh" },
      { level: "log", text: "12" },
      { level: "warn", text: "(output beyond 10 bytes was dropped)" },
    ]);
  });

  test("forgets an unfinished line at a reset", () => {
    const { sink, texts } = lineSink();
    sink.write(Uint8Array.of(65, 0xe2, 0x82));
    sink.reset();
    sink.write(utf8("b\n"));
    expect(texts()).toEqual(["b"]);
  });
});

describe("a stream that is collected", () => {
  test.each([1, 3, 1000])("is what was written, in writes of %i bytes", (length) => {
    const bytes = new Uint8Array(1000).map((_, at) => at);
    const sink = new CollectingSink(1000);
    writeInParts(sink, bytes, length);
    expect(sink.bytes()).toEqual(bytes);
    expect(sink.overflowed).toBe(false);
  });

  test("is cut at its limit", () => {
    const sink = new CollectingSink(5);
    sink.write(utf8("abc"));
    sink.write(utf8("def"));
    sink.write(utf8("ghi"));
    expect(sink.bytes()).toEqual(utf8("abcde"));
    expect(sink.overflowed).toBe(true);
  });

  test("hands out copies and begins anew at a reset", () => {
    const sink = new CollectingSink(5);
    sink.write(utf8("abcdef"));
    sink.bytes().fill(0);
    expect(sink.bytes()).toEqual(utf8("abcde"));
    const before = sink.bytes();
    sink.reset();
    expect(sink.bytes()).toEqual(utf8(""));
    expect(sink.overflowed).toBe(false);
    sink.write(utf8("xy"));
    expect(sink.bytes()).toEqual(utf8("xy"));
    expect(before).toEqual(utf8("abcde"));
  });
});
