/* The names of types as type_info::name() gives them. */
#ifndef CRT_EH_UNDNAME_H
#define CRT_EH_UNDNAME_H

#include "crt/eh/cxx_eh.h"

#define UNDNAME_ROOM 1024

#ifdef __cplusplus
extern "C"
#endif
    /* ".?AVstring@lab@@" -> "class lab::string". The text's length; 0 where the name uses what is
     * not known here, or is longer than UNDNAME_ROOM. */
    size_t
    undecorate_type(const char* decorated, char* text);

#endif
