// Sequences as tests write them: {{LAB_OP_RECORD, LAB_HANDLE_CONTINUE}, {LAB_OP_FAULT},
// {LAB_OP_END}}.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

using Bytes = std::vector<std::uint8_t>;

struct TestOp {
  int op, a = 0, b = 0, c = 0;
};

inline Bytes bytes_of(std::initializer_list<TestOp> ops) {
  Bytes bytes;
  for (const TestOp& op : ops) {
    for (const int word : {op.op, op.a, op.b, op.c}) {
      bytes.push_back(static_cast<std::uint8_t>(word));
    }
  }
  return bytes;
}

inline std::vector<int> codes_of(std::span<const std::uint8_t> bytes) {
  std::vector<int> codes;
  for (std::size_t i = 0; i < ops_in(bytes.size()); ++i) {
    codes.push_back(raw_op(bytes, i).op & LAB_SEQ_OP_MASK);
  }
  return codes;
}

}  // namespace sehlab::fuzz::sequence
