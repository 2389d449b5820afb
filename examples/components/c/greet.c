/* Takes a string and gives one: the least that shows how both are laid out. */
#include "component.h"

/* A string: where its bytes in UTF-8 are, and how many. */
struct string {
  char *bytes;
  u32 length;
};

EXPORT("greet")
struct string *greet(const char *name, u32 length) {
  static const char hello[7] = "Hello, ";
  static struct string result;
  result.length = sizeof hello + length;
  result.bytes = allocate(1, result.length);
  for (u32 at = 0; at < sizeof hello; at++) result.bytes[at] = hello[at];
  for (u32 at = 0; at < length; at++) result.bytes[sizeof hello + at] = name[at];
  return &result;
}

EXPORT("cabi_post_greet")
void after_greet(struct string *result) {
  (void)result;
  free_all();
}
