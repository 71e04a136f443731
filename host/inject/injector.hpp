// Injector: the injections of one run: knows where each is to fire, counts the visits, and steps
// in.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "host/inject/filters.hpp"
#include "host/inject/moments.hpp"
#include "host/inject/places.hpp"
#include "host/inject/spec.hpp"
#include "host/process/intervention.hpp"

namespace sehlab::inject {

/// What became of one injection.
struct Outcome {
  std::string spec;          ///< as it was given
  std::uint64_t visits = 0;  ///< of its place
  std::uint64_t fired = 0;   ///< how often it did
  std::string why;           ///< never: why, as far as it is known
};

class Injector final : public process::Intervention {
 public:
  /// `seed`: of at=random, which disturbs nothing else that the seed decides.
  Injector(std::vector<Spec> specs, std::uint64_t seed);

  // process::Intervention
  /// An Error names the specification and the part of it that this program does not have.
  [[nodiscard]] Result<> begin(process::Process& process) override;
  void images_changed(process::Process& process) override;
  void step_in(process::Process& process, Occasion occasion) override;
  [[nodiscard]] std::span<const GuestAddr> addresses() const override { return addresses_; }
  [[nodiscard]] std::uint64_t next_count() const override;
  [[nodiscard]] bool wants_moves() const override { return !entries_.empty(); }

  /// After a run that retired so many instructions; in the order of the specifications.
  [[nodiscard]] std::vector<Outcome> outcomes(std::uint64_t retired) const;

  // What changes while a run goes on; the rest follows from it and from the images.
  struct Progress {
    std::uint64_t visits = 0, fired = 0;
    bool over = false;        ///< it will not fire any more
    std::uint64_t count = 0;  ///< of at=instruction and at=random
    std::string why;          ///< it could not
    bool operator==(const Progress&) const = default;
  };
  /// A filter that is about to be called.
  struct ExpectedFilter {
    GuestAddr target, return_address;
    std::uint32_t thread = 0;
    bool operator==(const ExpectedFilter&) const = default;
  };
  /// The handler whose entry was told last: one whose first instruction faults is entered once.
  struct Entered {
    std::uint64_t retired = UINT64_MAX;
    std::uint32_t thread = 0;
    GuestAddr frame;
    bool operator==(const Entered&) const = default;
  };
  struct State {
    std::vector<Progress> progress;
    std::vector<ExpectedFilter> filters;
    Entered entered;
    bool operator==(const State&) const = default;
  };
  [[nodiscard]] State state() const { return state_; }
  /// `process` is in the state in which it was when the State was taken.
  void restore(const State& state, process::Process& process);
  [[nodiscard]] std::shared_ptr<const void> save() const override {
    return std::make_shared<const State>(state_);
  }
  void put_back(const std::shared_ptr<const void>& saved, process::Process& process) override {
    restore(*static_cast<const State*>(saved.get()), process);
  }

 private:
  using Indices = std::vector<std::size_t>;

  [[nodiscard]] Result<Sites> find_sites(const Spec& spec, process::Process& process,
                                         Search search) const;
  [[nodiscard]] Result<> check_whole(const Spec& spec, const Sites& sites,
                                     process::Process& process) const;
  void draw_counts();
  /// Finds all places anew.
  [[nodiscard]] Result<> look_up(process::Process& process, Search search);
  void add_moment(std::size_t index, const AtMoment& at, process::Process& process);
  void collect_addresses();
  void drop_finished();

  // Each adds the injections that fire.
  void at_address(process::Process& process, Indices& ready);
  void at_count(process::Process& process, Indices& ready);
  void at_entry(process::Process& process, Indices& ready);
  void at_filter(process::Process& process, GuestAddr eip, Indices& ready);
  void moment(process::Process& process, const MomentNow& now, Indices& ready);
  void visit(process::Process& process, std::size_t index, Indices& ready);
  [[nodiscard]] bool is_call_from_elsewhere(process::Process& process, const Spec& spec) const;
  void fire(process::Process& process, std::size_t index);

  std::vector<Spec> specs_;
  std::uint64_t seed_;
  State state_;

  // By where they are in the images of now.
  std::unordered_map<GuestAddr, Indices> sites_;
  std::vector<FilterCall> filter_calls_;  ///< none: nobody asks for filters
  Indices entries_, moments_;             ///< of handlers; all at=…-entry and …-return
  std::vector<std::string> awaited_;      ///< an image that is not loaded, for each injection
  std::multimap<std::uint64_t, std::size_t> counts_;
  std::vector<GuestAddr> addresses_;
};

}  // namespace sehlab::inject
