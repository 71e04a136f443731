#include "host/lab/fuzz/sequence_guest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/fuzz/sequence/grammar.hpp"
#include "host/fuzz/sequence/listing.hpp"
#include "host/fuzz/sequence/shrink.hpp"
#include "host/fuzz/sequence_target.hpp"
#include "host/lab/fuzz/sequence_text.hpp"
#include "host/lab/run.hpp"
#include "host/seh/profile.hpp"
#include "lab/sequence.h"

namespace sehlab::lab {
namespace {

namespace sequence = fuzz::sequence;

// Instructions of a plain run: its start, the sequence, and a line printed for each word.
constexpr std::uint64_t kPlainBudget = 5'000'000;

std::span<const std::uint8_t> as_octets(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

class SequenceGuest final : public FuzzedGuest {
 public:
  SequenceGuest(fuzz::SequenceOptions options, std::unique_ptr<fuzz::SequenceTarget> target)
      : options_(std::move(options)), target_(std::move(target)) {}

  const fuzz::Finding* judge(std::span<const std::byte> input) override {
    return target_->run(input);
  }

  InputBytes shrink(std::span<const std::byte> input, const std::string& signature,
                    const ShrinkProgress& progress) override {
    sequence::ShrinkOptions options;
    options.begins_in =
        options_.begins_in == sequence::Program::C ? sequence::World::C : sequence::World::Go;
    if (progress) {
      options.progress = [&](const sequence::ShrinkProgress& now) {
        progress(now.operations * LAB_SEQ_OP_BYTES, now.tries);
      };
    }
    const auto still_fails = [&](std::span<const std::uint8_t> bytes) {
      const fuzz::Finding* finding = target_->run(std::as_bytes(bytes));
      return finding != nullptr && finding->signature == signature;
    };
    const auto shrunk = sequence::shrink(as_octets(input), still_fails, options);
    const auto bytes = std::as_bytes(std::span(shrunk.bytes));
    return {bytes.begin(), bytes.end()};
  }

  std::string listing(std::span<const std::byte> input) override {
    std::string beside = "\nas predicted\n";
    if (const fuzz::Finding* finding = judge(input)) {
      beside = "\n" + finding->signature + "\n" + finding->report;
    }
    static_cast<void>(target_->run_thoroughly(input));
    const sequence::Prediction& predicted = target_->prediction();
    if (predicted.unmodelled) beside = "\nnot predicted to its end: nothing is compared\n";
    return sequence::listing(input, predicted) + beside;
  }

  std::string in_short(std::span<const std::byte> input) override {
    return sequence_in_short(input);
  }

  [[nodiscard]] std::string size_text(std::span<const std::byte> input) const override {
    const std::size_t count = sequence::ops_in(input.size());
    return fmt::format("{} {}", count, count == 1 ? "operation" : "operations");
  }

  Result<std::string> tell(std::span<const std::byte> input, TraceForm form,
                           std::ostream& trace) override {
    auto told = tell_run(*plain_run(input), form, trace);
    if (!told) return tl::make_unexpected(told.error());
    return std::move(told->story);
  }

  [[nodiscard]] std::optional<process::Options> plain_run(
      std::span<const std::byte> input) const override {
    process::Options run;
    run.system_folder = options_.system_folder;
    run.program = options_.system_folder / options_.program;
    run.profile = seh::find_profile("windows-7");  // whose rules are predicted
    run.budget = kPlainBudget;
    const std::string digits =
        hex_digits(input.first(sequence::ops_in(input.size()) * LAB_SEQ_OP_BYTES));
    for (std::size_t at = 0; at < digits.size(); at += kDigits) {
      run.arguments.push_back(digits.substr(at, kDigits));
    }
    return run;
  }

  std::string expectations(std::span<const std::byte> input) override {
    static_cast<void>(target_->run_thoroughly(input));
    const sequence::Prediction& predicted = target_->prediction();
    const bool exits = predicted.ending.kind == sequence::Ending::Kind::Exited;
    std::string text = fmt::format("end    = \"{}\"\n", exits ? "exited" : "unhandled");
    text += fmt::format("code   = {:#x}\n", predicted.ending.code);
    if (options_.oracle == fuzz::Oracle::Ending) return text;
    text += "watch  = []\n";
    if (predicted.log.empty()) return text + "stdout = \"\"\n";
    // Words that no longer fit into the log are printed all the same.
    text += predicted.overflow ? "stdout_contains = \"\"\"\n" : "stdout = \"\"\"\n";
    for (const std::uint32_t word : predicted.log) text += fmt::format("{:08x}\n", word);
    return text + "\"\"\"\n";
  }

 private:
  static constexpr std::size_t kDigits = 2 * LAB_SEQ_OP_BYTES;

  fuzz::SequenceOptions options_;
  std::unique_ptr<fuzz::SequenceTarget> target_;
};

}  // namespace

Result<std::unique_ptr<FuzzedGuest>> make_sequence_guest(const std::string& name,
                                                         bool ending_only) {
  auto options = fuzz::sequence_options(name, system_folder());
  if (!options) return tl::make_unexpected(options.error());
  options->thorough_every = 1;
  if (ending_only) options->oracle = fuzz::Oracle::Ending;
  auto target = fuzz::SequenceTarget::create(*options);
  if (!target) return tl::make_unexpected(target.error());
  return std::make_unique<SequenceGuest>(std::move(*options), std::move(*target));
}

}  // namespace sehlab::lab
