/* The one table of gates: functions of our system DLLs that the host provides.
 *
 * LAB_GATE(dll, name, argument_bytes, convention) with convention STDCALL or CDECL. The guest
 * side (guest/system/<dll>/gates.S) makes a stub of each: the lab's software interrupt, then the
 * return that the convention asks for. The host side (host/services) finds a stub's address by
 * the image's table of gates (section ".gates": pairs of gate number, RVA of the interrupt).
 *
 * A gate's number is its place in this list; the list is shared by guest and host at build time
 * and never stored, so the order carries no meaning.
 */
#ifndef LAB_GATES_H
#define LAB_GATES_H

/* INT n that a gate executes; at any other address the same bytes are an ordinary INT n, which
 * Windows has no gate for. */
#define LAB_GATE_VECTOR 0x7e

#endif
