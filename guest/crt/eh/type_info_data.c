/* std::type_info of newer compilers, whose members are inline over these (vcruntime140). */
#include "crt/eh/undname.h"

typedef struct TYPE_INFO_DATA {
  const char* _UndecoratedName;
  char _DecoratedName[];
} TYPE_INFO_DATA;

/* Names that were made, so that a module can give them back when it is unloaded. */
typedef struct TYPE_INFO_NODE {
  struct TYPE_INFO_NODE* next;
  char name[];
} TYPE_INFO_NODE;

int __cdecl __std_type_info_compare(const TYPE_INFO_DATA* left, const TYPE_INFO_DATA* right) {
  if (left == right) return 0;
  return strcmp(left->_DecoratedName + 1, right->_DecoratedName + 1);
}

/* FNV-1a over the decorated name. */
size_t __cdecl __std_type_info_hash(const TYPE_INFO_DATA* type) {
  size_t hash = 2166136261u;
  for (const char* c = type->_DecoratedName + 1; *c; ++c) hash = (hash ^ (BYTE)*c) * 16777619u;
  return hash;
}

const char* __cdecl __std_type_info_name(TYPE_INFO_DATA* type, TYPE_INFO_NODE* root) {
  if (type->_UndecoratedName) return type->_UndecoratedName;
  char text[UNDNAME_ROOM];
  size_t length = undecorate_type(type->_DecoratedName, text);
  if (!length) return type->_DecoratedName;
  TYPE_INFO_NODE* node = malloc(sizeof *node + length + 1);
  if (!node) return 0;
  for (size_t i = 0; i <= length; ++i) node->name[i] = text[i];
  const LONG before =
      InterlockedCompareExchange((volatile LONG*)&type->_UndecoratedName, (LONG)node->name, 0);
  if (before) {
    free(node);
    return (const char*)before;
  }
  do {
    node->next = root->next;
  } while (InterlockedCompareExchange((volatile LONG*)&root->next, (LONG)node, (LONG)node->next) !=
           (LONG)node->next);
  return node->name;
}

void __cdecl __std_type_info_destroy_list(TYPE_INFO_NODE* root) {
  TYPE_INFO_NODE* node = root->next;
  root->next = 0;
  while (node) {
    TYPE_INFO_NODE* next = node->next;
    free(node);
    node = next;
  }
}
