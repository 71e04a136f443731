#include "tests/fuzz/sequence/seeds.hpp"

#include <array>

#include "host/fuzz/sequence/text.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::string_view kMark = "== ";

std::string entry(const RawOp& op) {
  std::string name = text_of(op);
  for (char& letter : name) {
    if (letter == ' ') letter = '_';
  }
  std::string line = name + "=\"";
  for (const std::uint8_t byte : {op.op, op.operands[0], op.operands[1], op.operands[2]}) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    line += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return line + "\"\n";
}

}  // namespace

Result<std::vector<Seed>> parse_seeds(std::string_view text, std::string_view where) {
  std::vector<Seed> seeds;
  std::string body;  // of the seed, behind as many empty lines as came before: for errors
  std::size_t number = 0;
  const auto finish = [&]() -> Result<> {
    const auto bytes = parse_text(body, where);
    if (!bytes) return tl::make_unexpected(bytes.error());
    if (!seeds.empty()) seeds.back().bytes = *bytes;
    return {};
  };
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.starts_with(kMark)) {
      body += std::string(line) + '\n';
      continue;
    }
    if (const auto finished = finish(); !finished) return tl::make_unexpected(finished.error());
    const std::string_view path = line.substr(kMark.size());
    const std::size_t slash = path.find('/');
    const std::string_view folder = path.substr(0, slash);
    if (slash == path.npos || (folder != "sequences" && folder != "sequences_go")) {
      return fail(std::string(where) + ":" + std::to_string(number),
                  "a seed is called sequences/NAME or sequences_go/NAME");
    }
    seeds.push_back({std::string(folder), std::string(path.substr(slash + 1)), {}});
    body.assign(number, '\n');
  }
  if (const auto finished = finish(); !finished) return tl::make_unexpected(finished.error());
  return seeds;
}

std::string dictionary() {
  std::string text =
      "# The operations of sequences (guest/include/lab/sequence.h), each with each of its "
      "policies.\n"
      "# Written by build/bin/write_sequence_seeds.\n";
  for (const OpRule& rule : op_rules()) {
    RawOp op{rule.code, {}};
    text += entry(op);
    for (std::size_t i = 0; i < op.operands.size(); ++i) {
      const OperandRule& operand = rule.operands[i];
      // A Choice's first is told already; a Flag's only name is told as 1.
      const std::size_t values = operand.kind == OperandKind::Choice ? operand.names.size()
                                 : operand.kind == OperandKind::Flag ? 2
                                                                     : 0;
      for (std::size_t value = 1; value < values; ++value) {
        op.operands[i] = static_cast<std::uint8_t>(value);
        text += entry(op);
      }
      op.operands[i] = 0;
    }
  }
  return text;
}

}  // namespace sehlab::fuzz::sequence
