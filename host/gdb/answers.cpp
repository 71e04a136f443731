// Registers, memory, stop points.
#include <algorithm>
#include <utility>
#include <vector>

#include "host/gdb/commands.hpp"
#include "host/gdb/hex.hpp"

namespace sehlab::gdb {
namespace {

constexpr std::uint32_t kMostBytes = kLongestPacket / 2 - 8;  // two digits a byte

/// "ADDR,LENGTH".
struct Range {
  GuestAddr begin;
  std::uint32_t size = 0;
};

std::optional<Range> range_of(std::string_view text) {
  const auto begin = hex_word(cut(text, ','));
  const auto size = hex_word(text);
  if (!begin || !size) return std::nullopt;
  return Range{GuestAddr{*begin}, *size};
}

}  // namespace

std::string Commands::answer(std::string_view payload, Control& control) {
  if (payload.empty()) return {};
  const std::string_view rest = payload.substr(1);
  switch (payload.front()) {
    case '?':
      return stop_reply(target_.standing());
    case 'g':
      return read_registers();
    case 'G':
      return write_registers(rest);
    case 'p':
      return read_register(rest);
    case 'P':
      return write_register(rest);
    case 'm':
      return read_memory(rest);
    case 'M':
      return write_memory(rest, false);
    case 'X':
      return write_memory(rest, true);
    case 'Z':
      return stop_point(rest, true);
    case 'z':
      return stop_point(rest, false);
    case 'H':
      return select_thread(rest);
    case 'T':
      return alive(rest);
    case 'q':
    case 'Q':
      return query(payload, control);
    default:
      return payload == "vCont?" ? "vCont;c;C;s;S" : "";
  }
}

std::optional<std::uint32_t> Commands::thread_of(std::string_view digits) const {
  if (digits == "-1") return 0;
  return hex_word(digits);
}

std::string Commands::read_registers() {
  const auto block = target_.registers(selected_);
  return block ? hex_of(block->bytes()) : std::string(kError);
}

std::string Commands::write_registers(std::string_view digits) {
  const auto bytes = bytes_of_hex(digits);
  auto block = target_.registers(selected_);
  if (!bytes || !block || bytes->size() > block->bytes().size()) return std::string(kError);
  std::ranges::copy(*bytes, block->bytes().begin());
  return std::string(target_.set_registers(selected_, *block) ? kOk : kError);
}

std::string Commands::read_register(std::string_view number) {
  const auto which = hex_word(number);
  const auto block = target_.registers(selected_);
  if (!which || !block || block->at(*which).empty()) return std::string(kError);
  return hex_of(std::as_const(*block).at(*which));
}

std::string Commands::write_register(std::string_view text) {
  const auto which = hex_word(cut(text, '='));
  const auto bytes = bytes_of_hex(text);
  auto block = target_.registers(selected_);
  if (!which || !bytes || !block) return std::string(kError);
  const auto to = block->at(*which);
  if (to.empty() || to.size() != bytes->size()) return std::string(kError);
  std::ranges::copy(*bytes, to.begin());
  return std::string(target_.set_registers(selected_, *block) ? kOk : kError);
}

std::string Commands::read_memory(std::string_view text) {
  const auto range = range_of(text);
  if (!range) return std::string(kError);
  std::vector<std::byte> bytes(std::min(range->size, kMostBytes));
  bytes.resize(target_.read_memory(range->begin, bytes));
  if (bytes.empty() && range->size != 0) return std::string(kError);
  return hex_of(bytes);
}

std::string Commands::write_memory(std::string_view text, bool binary) {
  const auto range = range_of(cut(text, ':'));
  if (!range) return std::string(kError);
  std::vector<std::byte> bytes;
  if (binary) {
    const auto raw = std::as_bytes(std::span(text));
    bytes.assign(raw.begin(), raw.end());
  } else if (auto read = bytes_of_hex(text)) {
    bytes = std::move(*read);
  } else {
    return std::string(kError);
  }
  if (bytes.size() != range->size) return std::string(kError);
  // GDB asks so whether the packet X is known at all.
  if (bytes.empty()) return std::string(kOk);
  return std::string(target_.write_memory(range->begin, bytes) ? kOk : kError);
}

std::string Commands::stop_point(std::string_view text, bool insert) {
  const auto kind = hex_word(cut(text, ','));
  if (!kind || *kind > static_cast<std::uint32_t>(Stopper::AccessWatch)) return {};
  const auto range = range_of(text.substr(0, text.find(';')));
  if (!range) return std::string(kError);
  const StopPoint point{static_cast<Stopper>(*kind), range->begin, range->size};
  if (!insert) {
    target_.remove(point);
    return std::string(kOk);
  }
  return std::string(target_.add(point) ? kOk : kError);
}

std::string Commands::select_thread(std::string_view text) {
  if (text.empty()) return std::string(kError);
  const auto thread = thread_of(text.substr(1));
  if (!thread) return std::string(kError);
  // Hc is about threads that are to run, which vCont says itself.
  if (text.front() != 'g') return std::string(kOk);
  if (*thread != 0 && !target_.registers(*thread)) return std::string(kError);
  selected_ = *thread;
  return std::string(kOk);
}

std::string Commands::alive(std::string_view text) {
  const auto thread = thread_of(text);
  const auto all = target_.threads();
  const bool found = thread && std::ranges::find(all, *thread) != all.end();
  return std::string(found ? kOk : kError);
}

}  // namespace sehlab::gdb
