import { describe, expect, test } from "vitest";
import { ERRNO } from "../../../sandbox/wasi/preview1/errno.ts";
import { Driver } from "./support/driver.ts";
import { failureOf } from "./support/guest.ts";

const FILES = {
  "/data/words.txt": "alpha\nbeta\n",
  "/data/deep/er/leaf": "leaf",
  "/data/empty": "",
  "/ümlaut": "ä",
};

function driver(): Driver {
  return new Driver({ files: FILES });
}

describe("a file", () => {
  test("is found through the directory that is open from the start", () => {
    const guest = driver();
    expect(guest.call("fd_prestat_get", 3, 0)).toBe(0);
    expect([guest.u32(0), guest.u32(4)]).toEqual([0, 1]);
    expect(guest.call("fd_prestat_dir_name", 3, 16, 1)).toBe(0);
    expect(guest.text(16, 1)).toBe("/");
    expect(guest.call("fd_prestat_dir_name", 3, 16, 0)).toBe(ERRNO.nametoolong);
    expect(guest.call("fd_prestat_get", 4, 0)).toBe(ERRNO.badf);
    expect(guest.call("fd_prestat_get", 1, 0)).toBe(ERRNO.badf);
  });

  test("is read piece by piece", () => {
    const guest = driver();
    const file = guest.open("data/words.txt");
    expect(file).toBe(4);
    expect([guest.read(file, 5), guest.read(file, 100), guest.read(file, 100)])
      .toEqual(["alpha", "\nbeta\n", ""]);
    expect(guest.read(guest.open("ümlaut"), 10)).toBe("ä");
    expect(guest.read(guest.open("data/empty"), 10)).toBe("");
  });

  test("is read into several buffers, and from any place", () => {
    const guest = driver();
    const file = guest.open("data/words.txt");
    guest.vectors(0, [1000, 2], [2000, 0], [1002, 100]);
    expect(guest.call("fd_read", file, 0, 3, 64)).toBe(0);
    expect([guest.u32(64), guest.text(1000, 11)]).toEqual([11, "alpha\nbeta\n"]);
    expect(guest.call("fd_pread", file, 0, 1, 6n, 64)).toBe(0);
    expect([guest.u32(64), guest.text(1000, 2)]).toEqual([2, "be"]);
    expect(guest.call("fd_pread", file, 0, 1, 1n << 62n, 64)).toBe(0);
    expect(guest.u32(64)).toBe(0);
    expect(guest.call("fd_pread", file, 0, 1, -1n, 64)).toBe(ERRNO.inval);
  });

  test("has an offset that can be moved", () => {
    const guest = driver();
    const file = guest.open("data/words.txt");
    const seek = (distance: bigint, whence: number) => {
      const errno = guest.call("fd_seek", file, distance, whence, 0);
      return errno === 0 ? guest.u64(0) : errno;
    };
    expect([seek(3n, 0), seek(2n, 1), seek(-1n, 2), seek(0n, 1)]).toEqual([3n, 5n, 10n, 10n]);
    expect([seek(-1n, 0), seek(-11n, 1), seek(0n, 3)]).toEqual(Array(3).fill(ERRNO.inval));
    expect([seek((1n << 63n) - 1n, 0), seek(1n, 1)]).toEqual([(1n << 63n) - 1n, ERRNO.inval]);
    expect(guest.read(file, 10)).toBe("");
    seek(6n, 0);
    expect(guest.read(file, 4)).toBe("beta");
    expect(guest.call("fd_tell", file, 0)).toBe(0);
    expect(guest.u64(0)).toBe(10n);
    expect(guest.call("fd_seek", 3, 0n, 0, 0)).toBe(ERRNO.isdir);
    expect(guest.call("fd_seek", 0, 0n, 0, 0)).toBe(ERRNO.spipe);
  });

  test("has a type, a size and times", () => {
    const guest = driver();
    const length = guest.put(500, "data/words.txt");
    expect(guest.call("path_filestat_get", 3, 1, 500, length, 0)).toBe(0);
    expect([guest.view.getUint8(16), guest.u64(24), guest.u64(32)]).toEqual([4, 1n, 11n]);
    expect(guest.u64(48)).toBe(1_735_689_600_000_000_000n);
    const inode = guest.u64(8);
    expect(guest.call("fd_filestat_get", guest.open("data/words.txt"), 0)).toBe(0);
    expect(guest.u64(8)).toBe(inode);
    expect(guest.call("fd_filestat_get", 3, 0)).toBe(0);
    expect(guest.view.getUint8(16)).toBe(3);
    expect(guest.call("fd_filestat_get", 1, 0)).toBe(0);
    expect(guest.view.getUint8(16)).toBe(0);
  });

  test("can be closed once, and its number is used again", () => {
    const guest = driver();
    const [first, second] = [guest.open("data/words.txt"), guest.open("data/empty")];
    expect([first, second]).toEqual([4, 5]);
    expect(guest.call("fd_close", 4)).toBe(0);
    expect(guest.call("fd_close", 4)).toBe(ERRNO.badf);
    expect(guest.read(4, 1)).toBe(ERRNO.badf);
    expect(guest.open("data/empty")).toBe(4);
  });

  test("can be given another number that is open", () => {
    const guest = driver();
    const file = guest.open("data/words.txt");
    expect(guest.call("fd_renumber", file, 99)).toBe(ERRNO.badf);
    expect(guest.call("fd_renumber", 99, file)).toBe(ERRNO.badf);
    expect(guest.call("fd_renumber", file, file)).toBe(0);
    expect(guest.call("fd_renumber", file, 0)).toBe(0);
    expect([guest.read(0, 5), guest.read(file, 5)]).toEqual(["alpha", ERRNO.badf]);
  });

  test("has the rights that were asked for, and they can only become fewer", () => {
    const guest = driver();
    expect(guest.read(guest.open("data/words.txt", { rights: 4n }), 1)).toBe(ERRNO.notcapable);
    const file = guest.open("data/words.txt");
    expect(guest.call("fd_fdstat_get", file, 0)).toBe(0);
    const [rights, inheriting] = [guest.u64(8), guest.u64(16)];
    expect([rights & 2n, rights & 64n, inheriting]).toEqual([2n, 0n, 0n]);
    expect(guest.call("fd_fdstat_set_rights", file, rights | 64n, 0n)).toBe(ERRNO.notcapable);
    expect(guest.call("fd_fdstat_set_rights", file, -1n, 0n)).toBe(ERRNO.notcapable);
    expect(guest.call("fd_fdstat_set_rights", file, rights & ~2n, 0n)).toBe(0);
    expect(guest.read(file, 1)).toBe(ERRNO.notcapable);
  });

  test("can be opened only so often", () => {
    const guest = driver();
    const numbers = Array.from({ length: 1100 }, () => guest.open("data/empty"));
    expect(numbers.filter((number) => number > 0)).toHaveLength(996);
    expect(numbers.at(-1)).toBe(-ERRNO.nfile);
  });
});

describe("a directory", () => {
  const list = (guest: Driver, directory: number, size: number): [string, number][] => {
    const found: [string, number][] = [];
    for (let cookie = 0n;;) {
      expect(guest.call("fd_readdir", directory, 1000, size, cookie, 64)).toBe(0);
      const used = guest.u32(64);
      const before = found.length;
      for (let at = 1000; at + 24 <= 1000 + used;) {
        const length = guest.u32(at + 16);
        if (at + 24 + length > 1000 + used) break;
        found.push([guest.text(at + 24, length), guest.view.getUint8(at + 20)]);
        cookie = guest.u64(at);
        at += 24 + length;
      }
      if (used < size || found.length === before) return found;
    }
  };
  const DATA: [string, number][] = [[".", 3], ["..", 3], ["deep", 3], ["empty", 4], [
    "words.txt",
    4,
  ]];

  test.each([4096, 100, 40, 33])("is listed through a buffer of %i bytes", (size) => {
    const guest = driver();
    expect(list(guest, guest.open("data", { how: 2 }), size)).toEqual(DATA);
  });

  test("can be listed from any cookie", () => {
    const guest = driver();
    for (const cookie of [5n, 1000n, 1n << 32n, (1n << 63n) - 1n, -1n]) {
      expect(guest.call("fd_readdir", 3, 1000, 500, cookie, 64)).toBe(0);
      expect(guest.u32(64)).toBe(0);
    }
    const file = guest.open("data/empty");
    expect(guest.call("fd_readdir", file, 1000, 500, 0n, 64)).toBe(ERRNO.notdir);
    expect(guest.read(3, 10)).toBe(ERRNO.isdir);
  });

  test("is where the paths of what is opened through it begin", () => {
    const guest = driver();
    const deep = guest.open("data/deep");
    expect(guest.read(guest.open("er/leaf", { directory: deep }), 9)).toBe("leaf");
    expect(guest.open("../words.txt", { directory: deep })).toBe(-ERRNO.perm);
    expect(guest.open("er/../../words.txt", { directory: deep })).toBe(-ERRNO.perm);
  });
});

describe("paths", () => {
  const GOOD = [
    "data/words.txt",
    "./data/./words.txt",
    "data//words.txt",
    "data/deep/../words.txt",
    "data/deep/er/../../words.txt",
  ];
  test.each(GOOD)("%s leads to the file", (path) => {
    const guest = driver();
    expect(guest.read(guest.open(path), 5)).toBe("alpha");
  });

  const BAD: [string, keyof typeof ERRNO][] = [
    ["", "noent"],
    ["nothing", "noent"],
    ["data/nothing/x", "noent"],
    ["Data/words.txt", "noent"],
    ["data/words.txt/", "notdir"],
    ["data/words.txt/..", "notdir"],
    ["data/words.txt/x", "notdir"],
    ["/data/words.txt", "perm"],
    ["/", "perm"],
    ["..", "perm"],
    ["../data/words.txt", "perm"],
    ["data/../../data/words.txt", "perm"],
    ["data/deep/../../../etc/passwd", "perm"],
    ["data/words.txt\0", "inval"],
    ["data\0/words.txt", "inval"],
    ["x".repeat(4096), "noent"],
    ["x".repeat(4097), "nametoolong"],
    ["./".repeat(2048), "isdir"],
    ["../".repeat(1365), "perm"],
    ["__proto__", "noent"],
    ["constructor", "noent"],
    ["data\\words.txt", "noent"],
    ["c:", "noent"],
    ["%2e%2e", "noent"],
  ];
  test.each(BAD)("%j is refused", (path, errno) => {
    const guest = driver();
    // To open a directory for truncation is refused too, so that the last case has an error as well.
    const how = errno === "isdir" ? 8 : 0;
    expect(guest.open(path, { how })).toBe(-ERRNO[errno]);
    if (errno === "isdir") return;
    const length = guest.put(50_000, path);
    expect(guest.call("path_filestat_get", 3, 0, 50_000, length, 0)).toBe(ERRNO[errno]);
    expect(guest.call("path_readlink", 3, 50_000, length, 0, 10, 20)).toBe(ERRNO[errno]);
  });

  test("that are not UTF-8 are refused", () => {
    const guest = driver();
    guest.put(0, new Uint8Array([0xff, 0xfe]));
    expect(guest.call("path_filestat_get", 3, 0, 0, 2, 100)).toBe(ERRNO.ilseq);
    guest.put(0, new Uint8Array([0xed, 0xa0, 0x80]));
    expect(guest.call("path_filestat_get", 3, 0, 0, 3, 100)).toBe(ERRNO.ilseq);
  });

  test("lead to no link", () => {
    const guest = driver();
    const length = guest.put(500, "data/words.txt");
    expect(guest.call("path_readlink", 3, 500, length, 0, 10, 20)).toBe(ERRNO.inval);
  });

  test("go through a directory only", () => {
    const guest = driver();
    const file = guest.open("data/words.txt");
    for (const directory of [0, 1, 2, file]) {
      expect(guest.open("x", { directory })).toBe(-ERRNO.notdir);
    }
    expect(guest.open("x", { directory: 77 })).toBe(-ERRNO.badf);
  });
});

describe("nothing can be written", () => {
  test("by opening", () => {
    const guest = driver();
    expect(guest.open("data/new", { how: 1 })).toBe(-ERRNO.rofs);
    expect(guest.open("data/words.txt", { how: 8 })).toBe(-ERRNO.rofs);
    expect(guest.open("data/words.txt", { how: 5 })).toBe(-ERRNO.exist);
    expect(guest.open("data/words.txt", { how: 2 })).toBe(-ERRNO.notdir);
    expect(guest.open("data/words.txt", { how: 16 })).toBe(-ERRNO.inval);
    expect(guest.open("data/words.txt", { rights: 64n })).toBe(-ERRNO.rofs);
    expect(guest.open("data", { rights: 64n })).toBe(-ERRNO.isdir);
    expect(guest.open("data/words.txt", { how: 1 })).toBe(4);
  });

  test("to what is open", () => {
    const guest = driver();
    const file = guest.open("data/words.txt");
    guest.vectors(0, [100, 1]);
    expect(guest.call("fd_write", file, 0, 1, 64)).toBe(ERRNO.rofs);
    expect(guest.call("fd_pwrite", file, 0, 1, 0n, 64)).toBe(ERRNO.rofs);
    expect(guest.call("fd_pwrite", 1, 0, 1, 0n, 64)).toBe(ERRNO.spipe);
    expect(guest.call("fd_allocate", file, 0n, 10n)).toBe(ERRNO.rofs);
    expect(guest.call("fd_filestat_set_size", file, 0n)).toBe(ERRNO.rofs);
    expect(guest.call("fd_filestat_set_times", file, 0n, 0n, 0)).toBe(ERRNO.rofs);
    expect(guest.call("fd_write", 3, 0, 1, 64)).toBe(ERRNO.isdir);
    expect(guest.call("fd_write", 0, 0, 1, 64)).toBe(ERRNO.badf);
  });

  test("by paths", () => {
    const guest = driver();
    const length = guest.put(500, "data/words.txt");
    expect(guest.call("path_create_directory", 3, 500, length)).toBe(ERRNO.rofs);
    expect(guest.call("path_remove_directory", 3, 500, length)).toBe(ERRNO.rofs);
    expect(guest.call("path_unlink_file", 3, 500, length)).toBe(ERRNO.rofs);
    expect(guest.call("path_filestat_set_times", 3, 0, 500, length, 0n, 0n, 0)).toBe(ERRNO.rofs);
    expect(guest.call("path_link", 3, 0, 500, length, 3, 500, length)).toBe(ERRNO.rofs);
    expect(guest.call("path_rename", 3, 500, length, 3, 500, length)).toBe(ERRNO.rofs);
    expect(guest.call("path_symlink", 500, length, 3, 500, length)).toBe(ERRNO.rofs);
    expect(guest.call("path_unlink_file", 9, 500, length)).toBe(ERRNO.badf);
  });
});

test("without files there is no directory", () => {
  const guest = new Driver();
  expect(guest.call("fd_prestat_get", 3, 0)).toBe(ERRNO.badf);
  expect(guest.open("data/words.txt")).toBe(-ERRNO.badf);
  expect(failureOf(guest.outcome("proc_exit", 0)).kind).toBe("exception");
});
