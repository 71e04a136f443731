#include <vector>

#include "host/fuzz/sequence/text.hpp"
#include "host/fuzz/sequence/text_words.hpp"

namespace sehlab::fuzz::sequence {

namespace {

std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::string_view kSpace = " \t\r";
  line = line.substr(0, line.find('#'));
  std::vector<std::string_view> words;
  for (std::size_t at = line.find_first_not_of(kSpace); at != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(kSpace, at), line.size());
    words.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(kSpace, end);
  }
  return words;
}

std::string quoted(std::string_view word) {
  return '"' + std::string(word) + '"';
}

const OpRule* rule_of(std::string_view name) {
  for (const OpRule& rule : op_rules()) {
    if (rule.name == name) return &rule;
  }
  return nullptr;
}

/// "RECORD's operand can be SEARCH, CONTINUE or a number of 0 to 255".
std::string choices_of(const OpRule& rule, const OperandRule& operand) {
  std::string text = std::string(rule.name) + "'s operand can be ";
  for (std::size_t i = 0; i < operand.names.size(); ++i) {
    text += std::string(operand.names[i]) + (i + 1 == operand.names.size() ? " or " : ", ");
  }
  return text + "a number of 0 to 255";
}

/// "b=7": true, or an Error; false for a word of another form.
Result<bool> parse_by_letter(std::string_view word, RawOp& op) {
  if (word.size() < 2 || word[1] != '=') return false;
  const std::size_t which = kOperandLetters.find(word[0]);
  if (which == kOperandLetters.npos) return fail("", quoted(word) + ": operands are a, b and c");
  const auto value = parse_byte(word.substr(2));
  if (!value) return fail("", quoted(word) + " has no number of 0 to 255");
  op.operands[which] = *value;
  return true;
}

Result<RawOp> parse_any(std::span<const std::string_view> words) {
  RawOp op;
  if (words.size() > LAB_SEQ_OP_BYTES || words.empty()) {
    return fail("", "OP has one to four numbers of 0 to 255");
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto value = parse_byte(words[i]);
    if (!value) return fail("", quoted(words[i]) + " is no number of 0 to 255");
    (i == 0 ? op.op : op.operands[i - 1]) = *value;
  }
  return op;
}

Result<RawOp> parse_op(std::span<const std::string_view> words) {
  if (words[0] == kAnyOp) return parse_any(words.subspan(1));
  const OpRule* rule = rule_of(words[0]);
  if (rule == nullptr) return fail("", quoted(words[0]) + " is no operation");
  RawOp op{rule->code, {}};
  std::size_t which = 0;
  for (const std::string_view word : words.subspan(1)) {
    const auto by_letter = parse_by_letter(word, op);
    if (!by_letter) return tl::make_unexpected(by_letter.error());
    if (*by_letter) continue;
    while (which < op.operands.size() && rule->operands[which].kind == OperandKind::Unused) {
      ++which;
    }
    if (which == op.operands.size()) {
      return fail("", quoted(word) + " is one operand too many for " + std::string(rule->name));
    }
    const auto value = parse_operand(rule->operands[which], word);
    if (!value) return fail("", quoted(word) + ": " + choices_of(*rule, rule->operands[which]));
    op.operands[which++] = *value;
  }
  return op;
}

}  // namespace

Result<std::vector<std::uint8_t>> parse_text(std::string_view text, std::string_view where) {
  std::vector<std::uint8_t> bytes;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto words = words_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty()) continue;
    const auto at = [&] { return std::string(where) + ":" + std::to_string(number); };
    const auto op = parse_op(words);
    if (!op) return fail(at(), op.error().what);
    if (ops_in(bytes.size()) == LAB_SEQ_MOST_OPS) {
      return fail(at(),
                  "a sequence has at most " + std::to_string(LAB_SEQ_MOST_OPS) + " operations");
    }
    bytes.push_back(op->op);
    bytes.insert(bytes.end(), op->operands.begin(), op->operands.end());
  }
  return bytes;
}

}  // namespace sehlab::fuzz::sequence
