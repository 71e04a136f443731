// The numbers of operations and policies are those of guest/include/lab/sequence.h.
#include "host/fuzz/sequence/text.hpp"

#include <doctest/doctest.h>

#include "host/fuzz/sequence/generate.hpp"
#include "tests/fuzz/sequence/ops.hpp"

namespace sehlab::fuzz::sequence {

namespace {

Bytes parsed(std::string_view text) {
  const auto bytes = parse_text(text, "text");
  REQUIRE_MESSAGE(bytes.has_value(), (bytes ? "" : bytes.error().text()));
  return *bytes;
}

std::string refusal(std::string_view text) {
  const auto bytes = parse_text(text, "file.seq");
  REQUIRE_FALSE(bytes.has_value());
  return bytes.error().text();
}

}  // namespace

TEST_SUITE("text of sequences") {
  TEST_CASE("names, numbers, letters, comments and indentation are read") {
    CHECK(parsed("# a comment\n\n"
                 "  RECORD UNWIND_TO 2 STEPS  # another\r\n"
                 "\tFAULT\tINT3\n"
                 "TRY_EXCEPT EXECUTE STEPS\n"
                 "ADD_CONTINUE FIRST\n"
                 "RAISE C000008C NONCONTINUABLE\n"
                 "THROW 0x4d b=9\n"
                 "OP 255 1 2\n"
                 "END") == bytes_of({{LAB_OP_RECORD, LAB_HANDLE_UNWIND_TO, 2, LAB_UNWIND_STEPS},
                                     {LAB_OP_FAULT, LAB_FAULT_INT3},
                                     {LAB_OP_TRY_EXCEPT, LAB_FILTER_EXECUTE, 0, 1},
                                     {LAB_OP_ADD_CONTINUE, 0, 1},
                                     {LAB_OP_RAISE, 4, 1},
                                     {LAB_OP_THROW, 0x4d, 9},
                                     {255, 1, 2},
                                     {LAB_OP_END}}));
    CHECK(parsed("").empty());
  }

  TEST_CASE("operations are written with the words that matter") {
    CHECK(text_of(RawOp{LAB_OP_RECORD, {LAB_HANDLE_CONTINUE, 0, 0}}) == "RECORD CONTINUE");
    CHECK(text_of(RawOp{LAB_OP_RECORD, {0, 0, LAB_UNWIND_STEPS}}) == "RECORD SEARCH 0 STEPS");
    CHECK(text_of(RawOp{LAB_OP_TRY_EXCEPT, {0, 0, 1}}) == "TRY_EXCEPT SEARCH STEPS");
    CHECK(text_of(RawOp{LAB_OP_END, {}}) == "END");
    CHECK(text_of(RawOp{LAB_OP_END, {0, 5, 0}}) == "END b=5");
    CHECK(text_of(RawOp{LAB_OP_PANIC, {7, 0, 0}}) == "PANIC 7");
    CHECK(text_of(RawOp{LAB_OP_FAULT, {LAB_FAULTS, 0, 0}}) == "FAULT 18");  // reads as 0
    CHECK(text_of(RawOp{63, {1, 2, 3}}) == "OP 63 1 2 3");
    CHECK(text_of(RawOp{0x40 | LAB_OP_FAULT, {}}) == "OP 66 0 0 0");
  }

  TEST_CASE("a sequence is indented as its frames are, with numbers where they are asked for") {
    const Bytes bytes = bytes_of({{LAB_OP_CGOCALL}, {LAB_OP_CALLBACK}, {LAB_OP_END}, {LAB_OP_END}});
    CHECK(text_of(bytes, World::Go) == "CGOCALL\n  CALLBACK\n  END\nEND\n");
    CHECK(text_of(bytes_of({{LAB_OP_END}}), World::C, Numbers::With) ==
          "END" + std::string(37, ' ') + "# 0\n");
    Bytes odd = bytes_of({{LAB_OP_END}});
    odd.push_back(1);
    CHECK(text_of(odd, World::C) == "END\n# 1 bytes more, which are ignored\n");
  }

  TEST_CASE("text gives the bytes back, whatever they are") {
    Dice dice(7470);
    for (int round = 0; round < 3000; ++round) {
      Bytes bytes(4 * dice.below(LAB_SEQ_MOST_OPS + 1));
      if (round % 3 == 0) {
        bytes.resize(generate(bytes, static_cast<std::uint32_t>(round)));
      } else {
        for (std::uint8_t& byte : bytes) {
          byte = round % 3 == 1 ? dice.byte() : static_cast<std::uint8_t>(dice.below(40));
        }
      }
      const auto numbers = round % 2 != 0 ? Numbers::With : Numbers::Without;
      REQUIRE(parsed(text_of(bytes, World::Go, numbers)) == bytes);
    }
  }

  TEST_CASE("what is wrong is told with its line and its word") {
    CHECK(refusal("END\nRECRD\n") == "file.seq:2: \"RECRD\" is no operation");
    CHECK(
        refusal("TRY_FINALLY STEP") ==
        "file.seq:1: \"STEP\": TRY_FINALLY's operand can be PLAIN, STEPS or a number of 0 to 255");
    CHECK(refusal("PANIC 256") ==
          "file.seq:1: \"256\": PANIC's operand can be a number of 0 to 255");
    CHECK(refusal("END 1") == "file.seq:1: \"1\" is one operand too many for END");
    CHECK(refusal("END d=1") == "file.seq:1: \"d=1\": operands are a, b and c");
    CHECK(refusal("END a=x") == "file.seq:1: \"a=x\" has no number of 0 to 255");
    CHECK(refusal("OP") == "file.seq:1: OP has one to four numbers of 0 to 255");
    CHECK(refusal("OP 1 2 3 4 5") == "file.seq:1: OP has one to four numbers of 0 to 255");
    CHECK(refusal("OP 1 x") == "file.seq:1: \"x\" is no number of 0 to 255");
    std::string many;
    for (int i = 0; i <= LAB_SEQ_MOST_OPS; ++i) many += "END\n";
    CHECK(refusal(many) == "file.seq:241: a sequence has at most 240 operations");
  }

  TEST_CASE("any text is read or refused") {
    Dice dice(1);
    const std::string_view letters = "RECODFAULT END=abc0x1289#\n\n  ";
    for (int round = 0; round < 20000; ++round) {
      std::string text;
      for (std::size_t i = dice.below(40); i != 0; --i) text += letters[dice.below(letters.size())];
      const auto bytes = parse_text(text, "text");
      CHECK((bytes.has_value() || bytes.error().where.starts_with("text:")));
    }
  }
}

}  // namespace sehlab::fuzz::sequence
