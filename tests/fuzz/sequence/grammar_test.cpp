// The expectations' source is the text of guest/include/lab/sequence.h.
#include "host/fuzz/sequence/grammar.hpp"

#include <doctest/doctest.h>

#include <cstdio>

#include "tests/fuzz/sequence/header_text.hpp"

namespace sehlab::fuzz::sequence {

namespace {

std::vector<std::string> names_of(std::uint8_t op, std::size_t operand) {
  const auto& names = op_rule(op)->operands[operand].names;
  return {names.begin(), names.end()};
}

}  // namespace

TEST_SUITE("sequence grammar") {
  TEST_CASE("the grammar has the operations of the header, and no others") {
    const HeaderText header = read_header_text();
    REQUIRE(header.ops.size() > 25);
    CHECK(op_rules().size() == header.ops.size());
    for (const auto& each : header.ops) {
      const auto& name = each.first;
      const auto& code = each.second;
      const OpRule* rule = op_rule(static_cast<std::uint8_t>(code));
      REQUIRE_MESSAGE(rule != nullptr, name);
      CHECK(rule->name == name);
    }
  }

  TEST_CASE("operands have the names of the header, in its order") {
    const HeaderText header = read_header_text();
    const auto same = [&](std::uint8_t op, std::size_t operand, const char* last,
                          const char* prefix) {
      CHECK(names_of(op, operand) == names_before(header, last, prefix));
    };
    same(LAB_OP_RECORD, 0, "LAB_HANDLES", "LAB_HANDLE_");
    same(LAB_OP_RECORD, 2, "LAB_UNWINDS", "LAB_UNWIND_");
    same(LAB_OP_TRY_EXCEPT, 0, "LAB_FILTERS", "LAB_FILTER_");
    same(LAB_OP_TRY_BOTH, 0, "LAB_FILTERS", "LAB_FILTER_");
    same(LAB_OP_TRY_BOTH, 1, "LAB_BLOCKS", "LAB_BLOCK_");
    same(LAB_OP_TRY_FINALLY, 0, "LAB_BLOCKS", "LAB_BLOCK_");
    same(LAB_OP_CXX_OBJECT, 0, "LAB_BLOCKS", "LAB_BLOCK_");
    same(LAB_OP_CXX_TRY, 0, "LAB_CATCHES", "LAB_CATCH_");
    same(LAB_OP_ADD_VECTORED, 0, "LAB_VECTOREDS", "LAB_VECTORED_");
    same(LAB_OP_DEFER, 0, "LAB_DEFERS", "LAB_DEFER_");
    same(LAB_OP_FAULT, 0, "LAB_FAULTS", "LAB_FAULT_");
    std::vector<std::string> codes;
    for (const unsigned code : header.codes) {
      char text[9];
      std::snprintf(text, sizeof text, "%08X", code);
      codes.emplace_back(text);
    }
    CHECK(names_of(LAB_OP_RAISE, 0) == codes);
  }

  TEST_CASE("the two upper bits of an operation are nothing") {
    CHECK(op_rule(0xc0 | LAB_OP_FAULT) == op_rule(LAB_OP_FAULT));
    CHECK(op_rule(63) == nullptr);
  }

  TEST_CASE("operands are taken modulo what they choose from") {
    const OpRule& record = *op_rule(LAB_OP_RECORD);
    CHECK(chosen(record.operands[0], LAB_HANDLES + LAB_HANDLE_UNWIND) == LAB_HANDLE_UNWIND);
    // Of its third one only the low four bits.
    CHECK(chosen(record.operands[2], 0xf0 | LAB_UNWIND_STEPS) == LAB_UNWIND_STEPS);
    CHECK(chosen(op_rule(LAB_OP_RAISE)->operands[1], 3) == 1);
    CHECK(chosen(op_rule(LAB_OP_THROW)->operands[0], 255) == 255);
  }

  TEST_CASE("a record's second operand is used by the policies that have one") {
    CHECK(is_used({LAB_OP_RECORD, {LAB_HANDLE_UNWIND_TO, 0, 0}}, 1));
    CHECK(is_used({LAB_OP_RECORD, {LAB_HANDLE_JUNK, 0, 0}}, 1));
    CHECK_FALSE(is_used({LAB_OP_RECORD, {LAB_HANDLE_UNWIND, 0, 0}}, 1));
    CHECK_FALSE(is_used({LAB_OP_FAULT, {0, 0, 0}}, 1));
    CHECK_FALSE(is_used({63, {0, 0, 0}}, 0));
  }
}

}  // namespace sehlab::fuzz::sequence
