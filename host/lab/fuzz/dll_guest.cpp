#include "host/lab/fuzz/dll_guest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "host/fuzz/dll_target.hpp"
#include "host/lab/dll_report.hpp"
#include "host/lab/fuzz/byte_shrink.hpp"
#include "host/lab/run.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kMostTries = 20'000;
/// Bytes: two digits each, of the 32,767 characters that a command line has on Windows.
constexpr std::size_t kMostOnCommandLine = 16'000;
/// Instructions, of the start and of the function itself.
constexpr std::uint64_t kPlainBudget = 100'000'000;

std::string rule_of(fuzz::DllFinding::Kind kind) {
  switch (kind) {
    case fuzz::DllFinding::Kind::UnhandledException:
    case fuzz::DllFinding::Kind::FailFast:
      return "exception";
    case fuzz::DllFinding::Kind::Defect:
      return "watch";
    case fuzz::DllFinding::Kind::ChainLeft:
      return "chain";
    case fuzz::DllFinding::Kind::ProcessEnd:
      return "ending";
    case fuzz::DllFinding::Kind::Timeout:
      return "budget";
    case fuzz::DllFinding::Kind::Unmodelled:
      break;
  }
  return "unmodelled";
}

class DllGuest final : public FuzzedGuest {
 public:
  DllGuest(fuzz::DllOptions options, std::unique_ptr<fuzz::DllTarget> target)
      : options_(std::move(options)), target_(std::move(target)) {}

  const fuzz::Finding* judge(std::span<const std::byte> input) override {
    const auto& found = target_->run(input).finding;
    if (!found) return nullptr;
    finding_ = {rule_of(found->kind), found->signature, {}};
    const auto report = dll_report(options_, input, {});
    finding_.report = report ? *report : report.error().text() + "\n";
    return &finding_;
  }

  InputBytes shrink(std::span<const std::byte> input, const std::string& signature,
                    const ShrinkProgress& progress) override {
    std::size_t tried = 0;
    const auto still_shows = [&](std::span<const std::byte> bytes) {
      const auto& found = target_->run(bytes).finding;
      if (progress) progress(bytes.size(), ++tried);
      return found && found->signature == signature;
    };
    return shrink_bytes(input, still_shows, kMostTries);
  }

  std::string listing(std::span<const std::byte> input) override {
    std::string text;
    for (std::size_t at = 0; at < input.size(); at += 16) {
      text += fmt::format("{:06x} ", at);
      const auto row = input.subspan(at, std::min<std::size_t>(16, input.size() - at));
      for (const std::byte byte : row) text += fmt::format(" {:02x}", static_cast<unsigned>(byte));
      text += "\n";
    }
    const fuzz::Finding* finding = judge(input);
    return text + "\n" + (finding != nullptr ? finding->signature : "as it should be") + "\n";
  }

  std::string in_short(std::span<const std::byte> input) override {
    constexpr std::size_t kMost = 24;
    return hex_digits(input.first(std::min(kMost, input.size()))) +
           (input.size() > kMost ? "…" : "");
  }
  [[nodiscard]] std::string size_text(std::span<const std::byte> input) const override {
    return fmt::format("{} {}", input.size(), input.size() == 1 ? "byte" : "bytes");
  }

  Result<std::string> tell(std::span<const std::byte> input, TraceForm form,
                           std::ostream& trace) override {
    const auto writer = trace_writer(form, trace);
    std::vector<trace::Listener*> listeners;
    if (writer) listeners.push_back(writer.get());
    fuzz::DllOptions options = options_;
    options.process.trace_gates = writer != nullptr;
    auto target = fuzz::DllTarget::create(options, listeners);
    if (!target) return tl::make_unexpected(target.error());
    static_cast<void>((*target)->run(input));
    return dll_report(options_, input, {});
  }
  /// The host program with the input on its command line; none where that would be too long.
  [[nodiscard]] std::optional<process::Options> plain_run(
      std::span<const std::byte> input) const override {
    if (input.size() > kMostOnCommandLine) return std::nullopt;
    process::Options run = target_->options();
    run.arguments.insert(run.arguments.begin(), "-input=" + hex_digits(input));
    run.budget = kPlainBudget;
    return run;
  }
  std::string expectations(std::span<const std::byte>) override {
    return "exit   = 0\nstdout_contains = \"LLVMFuzzerTestOneInput returned\"\nwatch  = []\n";
  }

 private:
  fuzz::DllOptions options_;
  std::unique_ptr<fuzz::DllTarget> target_;
  fuzz::Finding finding_;
};

}  // namespace

Result<std::unique_ptr<FuzzedGuest>> make_dll_guest(const std::string& dll) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(dll, error)) return fail(dll, "there is no such file");
  fuzz::DllOptions options;
  options.dll = std::filesystem::absolute(dll, error);
  options.process.system_folder = system_folder();
  options.process.watch = watch::Mode::Report;
  auto target = fuzz::DllTarget::create(options);
  if (!target) return tl::make_unexpected(target.error());
  return std::make_unique<DllGuest>(std::move(options), std::move(*target));
}

}  // namespace sehlab::lab
