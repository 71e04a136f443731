/* The arrays that compilers put initializers into: .CRT$XIx for C, .CRT$XCx for C++ constructors,
 * .CRT$XPx before and .CRT$XTx after the end. The linker sorts by what follows the dollar. */
#include "init_arrays.h"

#define EDGE(name) __attribute__((section(name), used))

const crt_initializer __xi_a[1] EDGE(".CRT$XIA") = {0};
const crt_initializer __xi_z[1] EDGE(".CRT$XIZ") = {0};
const crt_procedure __xc_a[1] EDGE(".CRT$XCA") = {0};
const crt_procedure __xc_z[1] EDGE(".CRT$XCZ") = {0};
const crt_procedure __xp_a[1] EDGE(".CRT$XPA") = {0};
const crt_procedure __xp_z[1] EDGE(".CRT$XPZ") = {0};
const crt_procedure __xt_a[1] EDGE(".CRT$XTA") = {0};
const crt_procedure __xt_z[1] EDGE(".CRT$XTZ") = {0};
