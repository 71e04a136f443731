// RunControl: what is looked at before each instruction: the count of retired instructions, the
// budget, breakpoints, watched words and the ESP window. Conditions are polled in host memory,
// so changes by the guest and by the host are noticed alike, before the next instruction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "emu/address_set.hpp"
#include "emu/edge_counter.hpp"
#include "emu/engine.hpp"
#include "emu/instruction_check.hpp"
#include "emu/page_table.hpp"
#include "emu/stop.hpp"

namespace sehlab::emu {

class RunControl {
 public:
  explicit RunControl(const PageTable& table) : table_(table) {}
  /// The engine whose instructions are counted; before anything else.
  void attach(Engine& engine, InstructionCheck& check, EdgeCounter* edges = nullptr) {
    engine_ = &engine;
    check_ = &check;
    edges_ = edges;
  }

  void set_breakpoints(std::span<const GuestAddr> addresses) { breakpoints_.assign(addresses); }
  /// Addresses at which the processor raises #DB before it executes anything (DR0 to DR3).
  void set_debug_addresses(std::span<const GuestAddr> addresses) {
    debug_addresses_.assign(addresses);
  }
  /// EFLAGS.RF: the instruction at `eip` is executed whatever the debug registers say, once.
  void resume_flag(std::optional<GuestAddr> eip) { standing_.passed_debug = eip; }
  [[nodiscard]] std::optional<GuestAddr> passed_debug() const { return standing_.passed_debug; }
  void set_watched_words(std::span<const GuestAddr> words);
  void set_esp_window(GuestAddr above, GuestAddr up_to);

  /// Before each start of the engine, which will begin at `eip`.
  void begin(GuestAddr eip, std::uint64_t budget_end);
  /// Before the instruction at `address`: false stops the machine, and `stop` tells why.
  bool before(GuestAddr address);
  [[nodiscard]] const Stop& stop() const { return stop_; }

  /// The instruction begun last did not retire, and will count when it is executed again.
  void take_back();
  /// The same for one that failed for a reason of the machine's own and is begun again at once:
  /// nobody is told of it twice.
  void take_back_unseen();
  /// A REP instruction was left between two of its rounds. It will count when it is over, and what
  /// was reported before it is not reported again.
  void take_back_round();
  /// An instruction was completed by the host.
  void count_one();
  /// The part of this that belongs to a thread: the breakpoint that it stands on and that was
  /// reported already.
  [[nodiscard]] std::optional<GuestAddr> passed_breakpoint() const {
    return standing_.passed_breakpoint;
  }
  /// After the processor's state was replaced: the next instruction is a new one.
  void moved(GuestAddr eip, std::optional<GuestAddr> passed_breakpoint);

  /// Where the machine stands and what it has noticed so far, for snapshots: all but the sets of
  /// addresses, which are whoever's that gave them.
  struct Word {
    GuestAddr address;
    std::uint32_t known = 0;
    const std::byte* host = nullptr;  ///< null while its page is not committed
  };
  struct Standing {
    GuestAddr last, stopped_at;
    bool resumed = false;  ///< the next instruction may be a later round of the last one (REP)
    std::optional<GuestAddr> passed_breakpoint;  ///< reported, not yet executed
    std::optional<GuestAddr> passed_debug;       ///< let pass by RF, not yet executed
  };
  struct State {
    std::uint64_t count = 0, begun_last = 0;  ///< InstructionCounter's
    StoreNote store_note;
    std::vector<Word> words;
    EspWindow esp;
    Standing standing;
  };
  [[nodiscard]] State state() const;
  void restore(const State& state);

  [[nodiscard]] std::uint64_t retired() const { return engine_->counter().count; }
  [[nodiscard]] GuestAddr last() const { return standing_.last; }
  /// Remembers where the machine stands; after each run.
  void end(GuestAddr eip);
  /// A condition that holds now, once.
  [[nodiscard]] std::optional<ConditionMet> condition();

 private:
  void resolve_words();
  void tell_engine();
  [[nodiscard]] bool esp_steady(GuestAddr address);
  [[nodiscard]] bool watching() const {
    const EspWindow& window = engine_->counter().esp;
    return !words_.empty() || window.above != window.up_to;
  }
  [[nodiscard]] bool continues(GuestAddr address) const;

  const PageTable& table_;
  Engine* engine_ = nullptr;
  InstructionCheck* check_ = nullptr;
  EdgeCounter* edges_ = nullptr;  ///< null: edges are not counted
  AddressSet breakpoints_, debug_addresses_;
  std::vector<Word> words_, words_before_;
  std::uint64_t words_generation_ = 0;

  std::uint64_t budget_end_ = 0;
  Stop stop_;
  Standing standing_;
};

}  // namespace sehlab::emu
