/* The least program. Linked with /safeseh and without a load configuration, so that lld marks the
 * image NO_SEH (facts: guest-tools.md 2); and again with /fixed, without relocations. */
int value = 3;
int* pointer = &value;
int start(void) {
  return *pointer;
}
