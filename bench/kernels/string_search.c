/* Horspool's search for a word: bytes read by leaps. */
#include "kernel.h"

enum { LENGTH = 1 << 16, WORD = 6 };

static u8 text[LENGTH];
static s32 leaps[256];

static s32 count(const u8 *word) {
  for (s32 at = 0; at < 256; at++) leaps[at] = WORD;
  for (s32 at = 0; at < WORD - 1; at++) leaps[word[at]] = WORD - 1 - at;
  s32 found = 0;
  for (s32 at = 0; at <= LENGTH - WORD; at += leaps[text[at + WORD - 1]]) {
    s32 same = WORD - 1;
    while (same >= 0 && text[at + same] == word[same]) same--;
    found += same < 0;
  }
  return found;
}

EXPORT("run")
s32 run(s32 n) {
  u32 random = 1;
  for (s32 at = 0; at < LENGTH; at++) text[at] = (u8)('a' + next_random(&random) % 5);
  s32 found = 0;
  for (s32 turn = 0; turn < n; turn++) {
    u8 word[WORD];
    for (s32 at = 0; at < WORD; at++) word[at] = (u8)('a' + next_random(&random) % 5);
    found += count(word);
  }
  return found;
}
