#include "host/lab/gather_moments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <variant>

#include "host/seh/chain.hpp"

namespace sehlab::lab {
namespace {

constexpr std::uint32_t kLine = report::MomentLine::kBytes;
constexpr std::uint32_t kBelowEsp = 4 * kLine, kAboveEsp = 10 * kLine;  // bytes shown
constexpr std::uint32_t kAroundRecord = 2 * kLine;
constexpr std::size_t kMostRecords = 32, kMostFrames = 32;
constexpr std::uint32_t kFarthestInSymbol = 0x1000;  // bytes
constexpr std::size_t kMostNames = 1 << 16;
constexpr int kCodeBefore = 6, kCodeBehind = 8;  // instructions
constexpr std::uint32_t kSourceAround = 3;       // lines

/// Kinds whose moments are kept also where there are too many.
bool always_told(const trace::Payload& payload) {
  return !std::holds_alternative<trace::GateCalled>(payload) &&
         !std::holds_alternative<trace::RecordPushed>(payload) &&
         !std::holds_alternative<trace::RecordPopped>(payload) &&
         !std::holds_alternative<trace::ThreadSwitched>(payload) &&
         !std::holds_alternative<trace::OutputWritten>(payload) &&
         !std::holds_alternative<trace::SymbolReached>(payload);
}

std::optional<emu::Instruction> decode_at(const emu::RawAccess& raw, GuestAddr at) {
  std::array<std::byte, 15> bytes{};
  for (std::size_t size = bytes.size(); size > 0; --size) {
    const auto part = std::span(bytes).first(size);
    if (raw.read(at, part)) return emu::decode(part, at);
  }
  return std::nullopt;
}

/// Instructions before `eip`: a run decoded from the start of the function, or from some bytes
/// earlier, that arrives exactly there.
std::vector<emu::Instruction> before(const emu::RawAccess& raw, GuestAddr from, GuestAddr eip) {
  for (GuestAddr start = from; start < eip; start += 1) {
    std::vector<emu::Instruction> run;
    for (GuestAddr at = start; at < eip;) {
      auto one = decode_at(raw, at);
      if (!one) break;
      at += static_cast<std::uint32_t>(one->bytes.size());
      run.push_back(std::move(*one));
      if (at == eip) return run;
    }
  }
  return {};
}

}  // namespace

void GatherMoments::begin(process::Process& process) {
  process_ = &process;
  if (events_ == 0 || steps_only_) return;
  report::Moment moment = look();
  for (std::uint64_t told = 1; told <= events_; ++told) {
    moment.events = told;
    moments_.add(moment);
  }
}

/// Learns where the stacks and the frames of dispatches lie.
void GatherMoments::follow(const trace::Event& event) {
  if (const auto* started = std::get_if<trace::ThreadStarted>(&event.payload)) {
    stacks_[started->id] = started->stack;
  }
  std::vector<Dispatch>& open = dispatches_[event.thread];
  if (const auto* begun = std::get_if<trace::DispatchBegun>(&event.payload)) {
    open.push_back({begun->record, begun->context});
  } else if (event.instruction > instruction_) {
    // A handler that does not return leaves its dispatch's frame above it, dead.
    const GuestRange stack = stacks_[event.thread];
    while (!open.empty() && event.esp > open.back().record &&
           stack.contains(event.esp) == stack.contains(open.back().record)) {
      open.pop_back();
    }
  }
  instruction_ = event.instruction;
}

void GatherMoments::on_event(const trace::Event& event) {
  ++events_;
  follow(event);
  if (process_ == nullptr) return;
  if (steps_only_) return note_stack(event.thread, event.esp);
  const bool room =
      moments_.size() < most_ || (always_told(event.payload) && moments_.size() < 2 * most_);
  if (!room) return moments_.skip();
  moments_.add(look());
}

void GatherMoments::note_stack(std::uint32_t thread, GuestAddr esp) {
  if (stacks_[thread].contains(esp)) os_esp_[thread] = esp;
}

void GatherMoments::step() {
  moments_.add_step(look());
}

report::Moment GatherMoments::look() {
  report::Moment moment;
  const emu::GeneralRegisters r = process_->machine().registers().general();
  moment.events = events_;
  moment.instruction = process_->machine().retired();
  moment.registers = {r.eax,
                      r.ecx,
                      r.edx,
                      r.ebx,
                      r.esp,
                      r.ebp,
                      r.esi,
                      r.edi,
                      r.eip,
                      r.eflags,
                      r.cs,
                      r.ss,
                      r.ds,
                      r.es,
                      r.fs,
                      r.gs,
                      process_->machine().registers().fs_base().value};
  if (process_->scheduler().threads().empty()) return moment;
  const process::Thread& thread = process_->scheduler().current();
  moment.thread = thread.number;
  const GuestAddr esp{r.esp};
  note_stack(moment.thread, esp);
  moment.os_esp = os_esp_[moment.thread];
  const emu::RawAccess& raw = process_->machine().memory().raw();
  const auto head = raw.get<std::uint32_t>(thread.teb);
  std::vector<GuestAddr> records;
  for (const seh::ChainRecord& one :
       seh::read_chain(raw, GuestAddr{head.value_or(0xffffffff)}, kMostRecords).records) {
    records.push_back(one.record);
  }
  add_memory(moment, records);
  add_code(moment);
  add_frames(moment);
  add_exception(moment);
  return moment;
}

void GatherMoments::add_memory(report::Moment& moment, const std::vector<GuestAddr>& around) {
  std::set<std::uint32_t> lines;
  const auto want = [&lines](GuestAddr from, std::uint32_t below, std::uint32_t above) {
    const std::uint32_t first = from.value < below ? 0 : from.value - below;
    const std::uint32_t last = from.value > 0xffffffffU - above ? 0xffffffffU : from.value + above;
    for (std::uint32_t at = first / kLine; at <= last / kLine; ++at) lines.insert(at * kLine);
  };
  want(GuestAddr{moment.registers[4]}, kBelowEsp, kAboveEsp);
  if (moment.os_esp != GuestAddr{}) want(moment.os_esp, kBelowEsp, kLine);
  for (const GuestAddr record : around) want(record, kAroundRecord, kAroundRecord);
  for (const std::uint32_t at : lines) {
    const auto words =
        process_->machine().memory().raw().get<std::array<std::uint32_t, 8>>(GuestAddr{at});
    if (!words) continue;
    moment.memory.push_back({GuestAddr{at}, *words});
    name_words(moment.memory.back());
  }
}

void GatherMoments::name_words(const report::MomentLine& line) {
  for (const std::uint32_t word : line.words) {
    const GuestAddr address{word};
    if (named_.size() >= kMostNames || process_->modules().at(address) == nullptr) continue;
    if (!named_.insert(address).second) continue;
    // What lies far behind a symbol is not its: data of an image has few.
    const GuestAddr symbol = process_->modules().function(address);
    if (symbol != GuestAddr{} && address.value - symbol.value < kFarthestInSymbol) {
      moments_.name(address, process_->modules().symbolize(address));
    }
  }
}

void GatherMoments::add_code(report::Moment& moment) {
  const emu::RawAccess& raw = process_->machine().memory().raw();
  const process::Modules& modules = process_->modules();
  const GuestAddr eip{moment.registers[8]};
  const GuestAddr function = modules.function(eip);
  constexpr std::uint32_t kFar = 400, kNear = 24;  // bytes before EIP
  const bool near = function != GuestAddr{} && function <= eip && eip.value - function.value < kFar;
  std::vector<emu::Instruction> listing =
      before(raw, near ? function : GuestAddr{eip.value < kNear ? 0 : eip.value - kNear}, eip);
  if (listing.size() > kCodeBefore) listing.erase(listing.begin(), listing.end() - kCodeBefore);
  GuestAddr at = eip;
  for (int i = 0; i <= kCodeBehind; ++i) {
    auto one = decode_at(raw, at);
    if (!one) break;
    at += static_cast<std::uint32_t>(one->bytes.size());
    listing.push_back(std::move(*one));
  }
  for (const emu::Instruction& one : listing) {
    std::string bytes;
    for (const std::byte byte : one.bytes) {
      bytes += fmt::format("{}{:02x}", bytes.empty() ? "" : " ", std::to_integer<unsigned>(byte));
    }
    moment.code.push_back({one.address, std::move(bytes),
                           one.mnemonic + (one.operands.empty() ? "" : " ") + one.operands,
                           modules.symbolize(one.address), modules.source_line(one.address)});
    add_source(moment.code.back().source, one.address == eip ? kSourceAround : 0);
  }
}

/// The text of "probe.c:6", and of as many lines `around` it.
void GatherMoments::add_source(const std::string& place, std::uint32_t around) {
  const std::size_t colon = place.rfind(':');
  if (sources_ == nullptr || colon == place.npos) return;
  const auto line =
      static_cast<std::uint32_t>(std::strtoul(place.c_str() + colon + 1, nullptr, 10));
  const std::string file = place.substr(0, colon);
  const std::vector<std::string>& lines = sources_->lines(file);
  if (line == 0 || line > lines.size()) return;  // another text than the program was made from
  const auto last = std::min<std::uint64_t>(std::uint64_t{line} + around, lines.size());
  for (std::uint32_t at = line > around ? line - around : 1; at <= last; ++at) {
    moments_.source(file, at, lines[at - 1]);
  }
}

/// The active calls, by the chain of EBP frames: each frame's address and where it returns to.
void GatherMoments::add_frames(report::Moment& moment) {
  const emu::RawAccess& raw = process_->machine().memory().raw();
  GuestAddr frame{moment.registers[5]};
  while (moment.frames.size() < kMostFrames && frame.aligned(4)) {
    const auto words = raw.get<std::array<std::uint32_t, 2>>(frame);
    if (!words || process_->modules().at(GuestAddr{(*words)[1]}) == nullptr) break;
    const GuestAddr back{(*words)[1]};
    moment.frames.push_back({frame, {back, process_->modules().symbolize(back)}});
    frame = GuestAddr{(*words)[0]};
  }
}

void GatherMoments::add_exception(report::Moment& moment) {
  const auto& open = dispatches_[moment.thread];
  if (open.empty()) return;
  const emu::RawAccess& raw = process_->machine().memory().raw();
  moment.exception = {open.back().record, open.back().context,
                      raw.get<win32::ExceptionRecord>(open.back().record),
                      raw.get<win32::Context>(open.back().context)};
}

}  // namespace sehlab::lab
