/* The load configuration that names the image's SafeSEH table. lld fills the table in, and writes
 * a directory entry for it, only when the program defines this symbol (facts: guest-tools.md 2). */
extern void* __safe_se_handler_table[];
extern unsigned char __safe_se_handler_count;

struct load_config {
  unsigned size;
  unsigned other[15];
  const void* handler_table;
  const void* handler_count;
};
_Static_assert(sizeof(struct load_config) == 72, "IMAGE_LOAD_CONFIG_DIRECTORY32 of 2003");

const struct load_config _load_config_used = {
    sizeof(struct load_config), {0}, __safe_se_handler_table, &__safe_se_handler_count};
