/*
 * A task in C, as a WASI command with a libc: it makes two factors for each case and checks the product.
 * It answers what Cupel asks a task, by the name in argv[0]; src/task/driver.ts says what each is to answer.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char DESCRIPTION[] =
  "{\"ok\": true, \"name\": \"products of two whole numbers\", \"entry\": \"product\","
  " \"properties\": [{\"name\": \"is the product\", \"severity\": \"hard\", \"description\": \"\"}],"
  " \"relations\": [], \"metrics\": [], \"fixedCases\": 0, \"generates\": true, \"sameAsBaseline\": false,"
  " \"feedsBack\": false, \"clusters\": false, \"groups\": false, \"formats\": false}";

/* A number below 2^20 that seed and index decide (the finaliser of MurmurHash3). */
static int64_t number(uint64_t seed, uint64_t index) {
  uint64_t bits = seed << 32 ^ index;
  bits = (bits ^ bits >> 33) * 0xff51afd7ed558ccdu;
  bits = (bits ^ bits >> 33) * 0xc4ceb9fe1a85ec53u;
  return (int64_t)((bits ^ bits >> 33) & 0xfffff);
}

static int plan(void) {
  unsigned long long seed, index;
  if (scanf(" [ %llu , %llu", &seed, &index) != 2) return 1;
  const long long one = number(seed, 2 * index), other = number(seed, 2 * index + 1);
  printf("{\"input\": [%lld, %lld], \"followUps\": []}", one, other);
  return 0;
}

static int judge(void) {
  long long one, other;
  double output = 0;
  const int read = scanf(" [ [ %lld , %lld ] , %lf", &one, &other, &output);
  if (read < 2) return 1;
  const int is_right = read == 3 && output == (double)(one * other);
  printf(
    "{\"violations\": [%s], \"warnings\": [], \"checked\": [], \"metrics\": []}",
    is_right ? "" : "{\"kind\": \"property\", \"name\": \"is the product\", \"message\": \"is wrong\"}"
  );
  return 0;
}

int main(int count, char **args) {
  const char *asked = count > 0 ? args[0] : "";
  if (strcmp(asked, "plan") == 0) return plan();
  if (strcmp(asked, "judge") == 0) return judge();
  /* Nothing smaller than a case is offered. */
  puts(strcmp(asked, "describe") == 0 ? DESCRIPTION : "[]");
  return 0;
}
