// Checks of the chain: that it is put back after a record was left behind, and who owns the
// records at the end.
#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "host/scenario/check.hpp"
#include "host/scenario/handler_name.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

/// A linked record, as its push told.
struct Linked {
  std::optional<GuestAddr> next{};  ///< empty: the push was not seen
  trace::Place owner{};
  bool exposed = false;
};

/// The linked records of all threads.
using Records = std::map<std::pair<std::uint32_t, GuestAddr>, Linked>;

void forget_thread(Records& records, std::uint32_t thread) {
  std::erase_if(records, [thread](const auto& entry) { return entry.first.first == thread; });
}

/// chain = "restored": each time a record that lay below ESP is unlinked, the head must be the
/// nearest record outwards that did not, as the records were linked; none may be left at an end.
class RestoredChain final : public Check {
 public:
  explicit RestoredChain(int line) : line_(line) {}

  void on_event(const trace::Event& event) override {
    const std::uint32_t thread = event.thread;
    if (const auto* pushed = std::get_if<trace::RecordPushed>(&event.payload)) {
      records_[{thread, pushed->record}] = {pushed->next, pushed->owner, false};
    } else if (const auto* exposed = std::get_if<trace::RecordExposed>(&event.payload)) {
      Linked& record = records_[{thread, exposed->record}];
      record.exposed = true;
      record.owner = exposed->owner;
    } else if (const auto* popped = std::get_if<trace::RecordPopped>(&event.payload)) {
      // One that was exposed stays until its exposure is over, an event later.
      const auto found = records_.find({thread, popped->record});
      if (found != records_.end() && !found->second.exposed) records_.erase(found);
    } else if (const auto* over = std::get_if<trace::ExposureEnded>(&event.payload)) {
      unlinked(event, over->record);
    } else if (const auto* ended = std::get_if<trace::ThreadEnded>(&event.payload)) {
      left_over(ended->id);
      forget_thread(records_, ended->id);
    } else if (std::holds_alternative<trace::ProcessEnded>(event.payload)) {
      process_ended(event);
    }
  }

  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    if (!saw_end_) violated("the trace does not show the process end");
    if (violations_ == 0) return;
    const std::string more = violations_ > 1 ? fmt::format(" (and {} more)", violations_ - 1) : "";
    failures.push_back({"chain", line_, "restored", first_ + more});
  }

 private:
  /// Where the chain must go on when `record` is unlinked; empty when the trace does not tell.
  [[nodiscard]] std::optional<GuestAddr> outwards(std::uint32_t thread, GuestAddr record) const {
    std::size_t steps = 0;
    while (steps++ <= records_.size()) {
      const auto found = records_.find({thread, record});
      if (found == records_.end() || !found->second.exposed) return record;
      if (!found->second.next) return std::nullopt;
      record = *found->second.next;
    }
    return std::nullopt;  // the records were linked in a circle
  }

  void unlinked(const trace::Event& event, GuestAddr record) {
    const auto must = outwards(event.thread, record);
    // Records that nobody was seen to push, the dispatcher's own, may lie before it.
    GuestAddr head = event.chain.head;
    for (const trace::ChainLink& link : event.chain.links) {
      if (link.record == must || records_.contains({event.thread, link.record})) {
        head = link.record;
        break;
      }
      head = link.next;
    }
    if (must && head != *must) {
      violated(fmt::format("@{}: fs:[0] goes from {} to {}, not to {}",
                           trace::grouped(event.instruction), trace::hex(record), trace::hex(head),
                           trace::hex(*must)));
    }
    records_.erase({event.thread, record});
  }

  void left_over(std::uint32_t thread) {
    for (const auto& [key, record] : records_) {
      if (key.first != thread || !record.exposed) continue;
      const std::string owner =
          record.owner.symbol.empty() ? "" : " of " + trace::show_short(record.owner);
      violated(fmt::format("thread {} ends with the dead record {}{} linked", thread,
                           trace::hex(key.second), owner));
    }
  }

  void process_ended(const trace::Event& event) {
    saw_end_ = true;
    std::optional<std::uint32_t> last;
    for (const auto& [key, record] : records_) {
      if (key.first != last) left_over(key.first);
      last = key.first;
    }
    if (event.chain.ending != "end") {
      violated(fmt::format("the chain does not end: {}", trace::printable(event.chain.ending)));
    }
  }

  void violated(std::string how) {
    if (violations_++ == 0) first_ = std::move(how);
  }

  int line_;
  Records records_;
  std::size_t violations_ = 0;
  std::string first_;
  bool saw_end_ = false;
};

/// chain = ["mstart", …]: the owners of the records as the process ends, innermost first.
class ChainAtEnd final : public Check {
 public:
  ChainAtEnd(ChainOwners expected, int line) : expected_(std::move(expected)), line_(line) {}

  void on_event(const trace::Event& event) override {
    if (const auto* pushed = std::get_if<trace::RecordPushed>(&event.payload)) {
      owners_[{event.thread, pushed->record}] = {pushed->next, pushed->owner, false};
    } else if (const auto* popped = std::get_if<trace::RecordPopped>(&event.payload)) {
      owners_.erase({event.thread, popped->record});
    } else if (const auto* ended = std::get_if<trace::ThreadEnded>(&event.payload)) {
      forget_thread(owners_, ended->id);
    } else if (std::holds_alternative<trace::ProcessEnded>(event.payload)) {
      last_thread_ = event.thread;
      last_ = event.chain;
    }
  }

  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    bool holds = last_ && last_->ending == "end" && last_->links.size() == expected_.size();
    std::vector<std::string> names, got;
    for (const Text& name : expected_) names.push_back(trace::printable(name.value));
    for (std::size_t i = 0; last_ && i < last_->links.size(); ++i) {
      const Handler record = handler(last_->links[i]);
      got.push_back(shown(record));
      holds = holds && i < expected_.size() && owns(expected_[i].value, record);
    }
    if (holds) return;
    std::string chain = got.empty() ? "an empty chain" : fmt::format("{}", fmt::join(got, " > "));
    if (!last_) chain = "the trace does not show the process end";
    if (last_ && last_->ending != "end") {
      chain += fmt::format(", which does not end: {}", trace::printable(last_->ending));
    }
    failures.push_back(
        {"chain", line_,
         names.empty() ? "an empty chain" : fmt::format("{}", fmt::join(names, " > ")), chain});
  }

 private:
  [[nodiscard]] Handler handler(const trace::ChainLink& link) const {
    const auto found = owners_.find({last_thread_, link.record});
    return {link.handler, found == owners_.end() ? trace::Place{} : found->second.owner,
            link.record};
  }
  /// "owner", or "handler@owner".
  static bool owns(std::string_view name, const Handler& record) {
    if (names_function(name, record.owner)) return true;
    return name.find('@') != std::string_view::npos && names_handler(name, record);
  }

  ChainOwners expected_;
  int line_;
  Records owners_;
  std::uint32_t last_thread_ = 0;
  std::optional<trace::ChainPicture> last_;
};

}  // namespace

void add_chain_checks(const Expectations& expect, Checks& checks) {
  if (!expect.chain) return;
  if (const auto* owners = std::get_if<ChainOwners>(&expect.chain->value)) {
    checks.push_back(std::make_unique<ChainAtEnd>(*owners, expect.chain->line));
  } else {
    checks.push_back(std::make_unique<RestoredChain>(expect.chain->line));
  }
}

}  // namespace sehlab::scenario
