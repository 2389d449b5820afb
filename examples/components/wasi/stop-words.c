/*
 * Whether a word is one of those in a file, as a WASI command with a libc: the file is granted by the
 * manifest stop-words.toml, and the word comes as JSON, such as ["the"].
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 100 };

static bool is_in(FILE *words, const char *word) {
  char line[MOST];
  while (fgets(line, sizeof line, words) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    if (strcmp(line, word) == 0) return true;
  }
  return false;
}

int main(int count, char **args) {
  const char *path = count > 1 ? args[1] : "";
  char word[MOST];
  if (scanf(" [ \"%99[a-z]\" ]", word) != 1) {
    fprintf(stderr, "%s takes one word in lower case\n", args[0]);
    return 1;
  }
  FILE *words = fopen(path, "r");
  if (words == NULL) {
    perror(path);
    return 1;
  }
  puts(is_in(words, word) ? "true" : "false");
}
