#include "host/fuzz/sequence/text.hpp"

#include "host/fuzz/sequence/outline.hpp"
#include "host/fuzz/sequence/text_words.hpp"

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::size_t kNumberColumn = 40;

std::string any_op(const RawOp& op) {
  std::string text = std::string(kAnyOp) + ' ' + std::to_string(op.op);
  for (const std::uint8_t operand : op.operands) text += ' ' + std::to_string(operand);
  return text;
}

}  // namespace

std::string text_of(const RawOp& op) {
  const OpRule* rule = op_rule(op.op);
  if (rule == nullptr || rule->code != op.op) return any_op(op);
  // Operands that the operation does not have come by their letters.
  std::string words, letters, zeros;
  for (std::size_t i = 0; i < op.operands.size(); ++i) {
    const OperandRule& operand = rule->operands[i];
    if (operand.kind == OperandKind::Unused) {
      if (op.operands[i] == 0) continue;
      letters += std::string(" ") + kOperandLetters[i] + '=' + std::to_string(op.operands[i]);
      continue;
    }
    const std::string word = ' ' + word_of(operand, op.operands[i]);
    // The first of the names is told, other zeros only where more follows.
    const bool told = op.operands[i] != 0 || (i == 0 && operand.kind == OperandKind::Choice);
    zeros += word;
    if (told) {
      words += zeros;
      zeros.clear();
    }
  }
  return std::string(rule->name) + words + letters;
}

std::string text_of(std::span<const std::uint8_t> bytes, World begins_in, Numbers numbers) {
  const Outline outline(bytes, begins_in);
  std::string text;
  for (std::size_t i = 0; i < outline.count(); ++i) {
    const RawOp op = raw_op(bytes, i);
    // An END stands where the frame began that it leaves.
    std::size_t level = outline.at(i).level;
    if ((op.op & LAB_SEQ_OP_MASK) == LAB_OP_END && level != 0) --level;
    std::string line = std::string(2 * level, ' ') + text_of(op);
    if (numbers == Numbers::With) {
      line.resize(std::max(line.size() + 2, kNumberColumn), ' ');
      line += "# " + std::to_string(i);
    }
    text += line + '\n';
  }
  const std::size_t rest = bytes.size() - outline.count() * LAB_SEQ_OP_BYTES;
  if (rest != 0) text += "# " + std::to_string(rest) + " bytes more, which are ignored\n";
  return text;
}

}  // namespace sehlab::fuzz::sequence
