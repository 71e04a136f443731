// Moments: what a trace does not hold and a report shows beside it: registers, words of the stack,
// code and its source lines, the exception's record and context. A run gathers them, a saved trace
// has none.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/report/page_bytes.hpp"
#include "host/trace/event.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::report {

/// One instruction as a listing shows it.
struct MomentCode {
  GuestAddr address{};
  std::string bytes{}, text{};     ///< "8b 00", "mov eax, dword ptr [eax]"
  std::string symbol{}, source{};  ///< "go_buggy!probe+0x6", "probe.c:6"; empty: unknown
  bool operator<(const MomentCode& other) const {
    return std::tie(address, bytes, text, symbol, source) <
           std::tie(other.address, other.bytes, other.text, other.symbol, other.source);
  }
};

/// Eight words of memory at an address that 32 divides.
struct MomentLine {
  static constexpr std::uint32_t kBytes = 32;
  GuestAddr address{};
  std::array<std::uint32_t, 8> words{};
  auto operator<=>(const MomentLine&) const = default;
};

struct Moment {
  /// Events told until here; the moment belongs to the last of them, or, as a step, comes behind.
  std::uint64_t events = 0;
  std::uint64_t instruction = 0;
  std::uint32_t thread = 0;
  /// eax ecx edx ebx esp ebp esi edi eip eflags cs ss ds es fs gs, and the base of fs.
  std::array<std::uint32_t, 17> registers{};
  /// ESP when the thread was last seen on the operating system's stack.
  GuestAddr os_esp{};
  std::vector<MomentLine> memory{};  ///< ascending
  std::vector<MomentCode> code{};    ///< in order, EIP's among them
  std::vector<trace::CallFrame> frames{};
  struct Exception {
    GuestAddr record_at{}, context_at{};
    std::optional<win32::ExceptionRecord> record{};
    std::optional<win32::Context> context{};
  };
  std::optional<Exception> exception{};  ///< of the innermost dispatch
};

/// The moments of a run, each line of memory and each instruction kept once.
class Moments {
 public:
  void add(const Moment& moment);
  void add_step(const Moment& step);
  /// `address` points into code of that name: a word of the stack may be a return address.
  void name(GuestAddr address, const std::string& symbol);
  /// Line `line` (from 1) of a source file, as debug information names the file. Said once, kept
  /// once; beyond kMostSource bytes none is kept.
  void source(const std::string& file, std::uint32_t line, const std::string& text);
  static constexpr std::size_t kMostSource = 8u << 20;
  /// How many events had no moment, because there were too many.
  void skip() { ++skipped_; }
  [[nodiscard]] std::size_t size() const { return moments_; }
  [[nodiscard]] std::size_t steps() const { return steps_; }
  /// One JSON object.
  void write(std::ostream& out) const;

 private:
  [[nodiscard]] std::string packed(const Moment& moment);
  [[nodiscard]] std::size_t line(const MomentLine& line);
  [[nodiscard]] std::size_t code(const MomentCode& code);

  std::string list_, step_list_;  ///< JSON, without the brackets
  std::size_t moments_ = 0, steps_ = 0, skipped_ = 0;
  std::map<MomentLine, std::size_t> lines_;
  std::map<MomentCode, std::size_t> code_;
  std::map<std::vector<std::size_t>, std::size_t> listings_;
  std::string line_list_, code_list_, listing_list_;
  std::map<GuestAddr, std::string> names_;
  std::map<std::string, std::map<std::uint32_t, std::string>> sources_;  ///< lines by file
  std::size_t source_size_ = 0;
};

}  // namespace sehlab::report
