// What operands of a sequence choose from, in plain words, in the order of sequence.h.
#pragma once

#include <array>
#include <string_view>

#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {

using std::string_view;

inline constexpr std::array<string_view, LAB_HANDLES> kHandles{
    "searches on",
    "continues",
    "unwinds to itself and lands",
    "unwinds to live frame {b} and lands",
    "unwinds to what is no record",
    "answers nested exception",
    "answers collided unwind",
    "answers {b}+4, which is no disposition",
    "marks the stack invalid",
    "runs operations, searches on",
    "runs operations, continues",
    "runs operations, unwinds to itself and lands"};
inline constexpr std::array<string_view, LAB_UNWINDS> kUnwinds{
    "", "when unwound: answers continue", "when unwound: answers nested exception",
    "when unwound: answers collided unwind", "when unwound: runs operations"};
inline constexpr std::array<string_view, LAB_FILTERS> kFilters{"searches on",
                                                               "continues",
                                                               "executes",
                                                               "runs operations, searches on",
                                                               "runs operations, continues",
                                                               "runs operations, executes"};
inline constexpr std::array<string_view, LAB_BLOCKS> kBlocks{"", "runs operations"};
inline constexpr std::array<string_view, LAB_CATCHES> kCatches{"catch (int)", "catch (...)"};
inline constexpr std::array<string_view, LAB_VECTOREDS> kVectored{"searches on", "continues",
                                                                  "runs operations, searches on"};
inline constexpr std::array<string_view, LAB_DEFERS> kDefers{"does nothing",
                                                             "recovers",
                                                             "runs operations",
                                                             "runs operations, recovers",
                                                             "panics",
                                                             "recovers, panics",
                                                             "calls what recovers nothing"};
inline constexpr std::array<string_view, LAB_FAULTS> kFaultNames{"read of address 0",
                                                                 "write to address 0",
                                                                 "write to code",
                                                                 "call of address 0",
                                                                 "division by zero",
                                                                 "division overflow",
                                                                 "undefined instruction",
                                                                 "breakpoint",
                                                                 "privileged instruction",
                                                                 "single step",
                                                                 "BOUND",
                                                                 "INTO",
                                                                 "LOCK prefix",
                                                                 "INT 20h",
                                                                 "assertion",
                                                                 "x87 division by zero",
                                                                 "SSE division by zero",
                                                                 "guard page"};
/// LAB_VALUE_*; 0 is recover()'s nil.
inline constexpr std::array<string_view, 6> kValues{"nil",
                                                    "nil dereference",
                                                    "division by zero",
                                                    "integer overflow",
                                                    "floating point error",
                                                    "call of nil function"};

struct OperationName {
  int op;
  string_view name;
};
inline constexpr std::array kOperationNames{
    OperationName{LAB_OP_NOP, "NOP"},
    OperationName{LAB_OP_END, "END"},
    OperationName{LAB_OP_FAULT, "FAULT"},
    OperationName{LAB_OP_RECORD, "RECORD"},
    OperationName{LAB_OP_TRY_EXCEPT, "TRY_EXCEPT"},
    OperationName{LAB_OP_TRY_FINALLY, "TRY_FINALLY"},
    OperationName{LAB_OP_TRY_BOTH, "TRY_BOTH"},
    OperationName{LAB_OP_CXX_TRY, "CXX_TRY"},
    OperationName{LAB_OP_CXX_OBJECT, "CXX_OBJECT"},
    OperationName{LAB_OP_SETJMP, "SETJMP"},
    OperationName{LAB_OP_LONGJMP, "LONGJMP"},
    OperationName{LAB_OP_RAISE, "RAISE"},
    OperationName{LAB_OP_THROW, "THROW"},
    OperationName{LAB_OP_UNWIND, "UNWIND"},
    OperationName{LAB_OP_ADD_VECTORED, "ADD_VECTORED"},
    OperationName{LAB_OP_REMOVE_VECTORED, "REMOVE_VECTORED"},
    OperationName{LAB_OP_ADD_CONTINUE, "ADD_CONTINUE"},
    OperationName{LAB_OP_REMOVE_CONTINUE, "REMOVE_CONTINUE"},
    OperationName{LAB_OP_REUSE, "REUSE"},
    OperationName{LAB_OP_THREAD, "THREAD"},
    OperationName{LAB_OP_STACK_BASE, "STACK_BASE"},
    OperationName{LAB_OP_CALLBACK, "CALLBACK"},
    OperationName{LAB_OP_CGOCALL, "CGOCALL"},
    OperationName{LAB_OP_GOCALL, "GOCALL"},
    OperationName{LAB_OP_DEFER, "DEFER"},
    OperationName{LAB_OP_PANIC, "PANIC"},
    OperationName{LAB_OP_GO, "GO"},
    OperationName{LAB_OP_LOCK, "LOCK"},
    OperationName{LAB_OP_UNLOCK, "UNLOCK"}};

}  // namespace sehlab::fuzz::sequence
