/*
 * topK as a WASI preview 1 command, on the bare imports: no libc.
 *
 * The convention: argv[0] names the function, standard input is a JSON array of its arguments, standard output
 * is JSON of the result, and an exit code other than 0 is a failure.
 */
typedef int s32;
typedef unsigned u32;
typedef unsigned char u8;

#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

/* A piece of memory to read into or to write from. */
struct piece {
  void *start;
  u32 length;
};

WASI("fd_read") s32 fd_read(s32 file, const struct piece *pieces, u32 count, u32 *done);
WASI("fd_write") s32 fd_write(s32 file, const struct piece *pieces, u32 count, u32 *done);
WASI("args_sizes_get") s32 args_sizes_get(u32 *count, u32 *bytes);
WASI("args_get") s32 args_get(char **arguments, char *bytes);
WASI("proc_exit") _Noreturn void proc_exit(s32 code);

enum { STDIN, STDOUT, STDERR };
enum { MOST_TEXT = 1 << 16, MOST_VALUES = 1 << 12, MOST_ARGUMENTS = 4, MOST_NAME = 256 };

static char text[MOST_TEXT + 1];
static const char *next = text;

static u32 length_of(const char *string) {
  u32 length = 0;
  while (string[length]) length++;
  return length;
}

static void write(s32 file, char *start, u32 length) {
  while (length > 0) {
    u32 done = 0;
    struct piece piece = {start, length};
    if (fd_write(file, &piece, 1, &done) != 0 || done == 0) proc_exit(2);
    start += done;
    length -= done;
  }
}

/* Ends the command, as a failure. */
static _Noreturn void fail(char *why) {
  write(STDERR, why, length_of(why));
  proc_exit(1);
}

static void read_text(void) {
  u32 length = 0;
  for (;;) {
    u32 done = 0;
    struct piece piece = {text + length, MOST_TEXT - length};
    if (fd_read(STDIN, &piece, 1, &done) != 0) fail("cannot read the arguments\n");
    if (done == 0) break;
    length += done;
    if (length == MOST_TEXT) fail("the arguments are too long\n");
  }
  text[length] = 0;
}

static void check_name(void) {
  static char names[MOST_NAME];
  static char *arguments[MOST_ARGUMENTS];
  u32 count = 0, bytes = 0;
  if (args_sizes_get(&count, &bytes) != 0) fail("cannot read the function's name\n");
  if (count == 0 || count > MOST_ARGUMENTS || bytes > MOST_NAME) fail("no such function\n");
  if (args_get(arguments, names) != 0) fail("cannot read the function's name\n");
  const char *wanted = "topK";
  for (u32 at = 0; at == 0 || wanted[at - 1]; at++) {
    if (arguments[0][at] != wanted[at]) fail("no such function\n");
  }
}

/* Whether the next character that is no white space is this one; it is taken if so. */
static int take(char wanted) {
  while (*next == ' ' || *next == '\n' || *next == '\r' || *next == '\t') next++;
  if (*next != wanted) return 0;
  next++;
  return 1;
}

static void expect(char wanted) {
  if (!take(wanted)) fail("the arguments are not [[integers], integer]\n");
}

static s32 take_integer(void) {
  int is_negative = take('-');
  u32 value = 0;
  if (*next < '0' || *next > '9') fail("the arguments are not [[integers], integer]\n");
  for (; *next >= '0' && *next <= '9'; next++) value = value * 10 + (u32)(*next - '0');
  return (s32)(is_negative ? 0 - value : value);
}

static u32 take_list(s32 *values) {
  u32 length = 0;
  expect('[');
  if (take(']')) return 0;
  do {
    if (length == MOST_VALUES) fail("the list is too long\n");
    values[length++] = take_integer();
  } while (take(','));
  expect(']');
  return length;
}

/* Insertion sort, largest first. */
static void sort(s32 *values, u32 length) {
  for (u32 sorted = 1; sorted < length; sorted++) {
    s32 value = values[sorted];
    u32 place = sorted;
    for (; place > 0 && values[place - 1] < value; place--) values[place] = values[place - 1];
    values[place] = value;
  }
}

static char *put_integer(char *end, s32 value) {
  char digits[10];
  u32 count = 0, rest = value < 0 ? 0 - (u32)value : (u32)value;
  do digits[count++] = (char)('0' + rest % 10);
  while ((rest /= 10) > 0);
  if (value < 0) *end++ = '-';
  while (count > 0) *end++ = digits[--count];
  return end;
}

static void write_list(const s32 *values, u32 length) {
  static char output[MOST_VALUES * 12 + 2];
  char *end = output;
  *end++ = '[';
  for (u32 at = 0; at < length; at++) {
    if (at > 0) *end++ = ',';
    end = put_integer(end, values[at]);
  }
  *end++ = ']';
  write(STDOUT, output, (u32)(end - output));
}

__attribute__((export_name("_start")))
void start(void) {
  static s32 values[MOST_VALUES];
  check_name();
  read_text();
  expect('[');
  u32 length = take_list(values);
  expect(',');
  u32 k = (u32)take_integer();
  expect(']');
  sort(values, length);
  write_list(values, k < length ? k : length);
}
