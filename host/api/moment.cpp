#include "host/api/sehlab/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <ostream>
#include <utility>

#include "host/api/moment_facts.hpp"
#include "host/api/sehlab/error.hpp"
#include "host/trace/plain.hpp"

namespace sehlab {

std::shared_ptr<const MomentFacts> moment_facts(
    lab::Standing standing, const std::shared_ptr<process::Process>& looked_at) {
  auto facts = std::make_shared<MomentFacts>();
  const emu::GeneralRegisters now = looked_at->machine().registers().general();
  facts->registers = {now.eax, now.ebx, now.ecx, now.edx, now.esi,
                      now.edi, now.ebp, now.esp, now.eip, now.eflags};
  for (const auto& line : standing.scene.code) facts->code.push_back({line.address, line.text});
  facts->process = looked_at;
  facts->standing = std::move(standing);
  return facts;
}

std::uint64_t Moment::instruction() const {
  return facts_->standing.instruction;
}
std::uint32_t Moment::thread() const {
  return facts_->standing.thread;
}
const trace::Place& Moment::place() const {
  return facts_->standing.at;
}
const std::string& Moment::source() const {
  return facts_->standing.scene.source;
}
const Registers& Moment::registers() const {
  return facts_->registers;
}
const std::vector<CodeLine>& Moment::code() const {
  return facts_->code;
}
const trace::ChainPicture& Moment::chain() const {
  return facts_->standing.chain;
}
std::uint64_t Moment::event_count() const {
  return facts_->standing.events;
}
const std::optional<trace::Event>& Moment::last_event() const {
  return facts_->standing.last;
}
std::optional<trace::Event> Moment::next_event() const {
  if (!facts_->standing.next) return std::nullopt;
  return facts_->standing.next->event;
}
bool Moment::ended() const {
  return facts_->standing.end.has_value();
}
const std::string& Moment::output() const {
  return facts_->standing.out;
}
const std::string& Moment::error_output() const {
  return facts_->standing.error;
}

std::vector<std::byte> Moment::memory(GuestAddr from, std::size_t bytes) const {
  const auto process = facts_->process.lock();
  if (!process) throw LabError("memory: the run of that moment has gone on");
  // Page by page: what is not there is found out before room is made for all of it.
  std::vector<std::byte> read;
  while (read.size() < bytes) {
    const std::size_t at = read.size();
    const GuestAddr next = from + static_cast<std::uint32_t>(at);
    read.resize(at + std::min<std::size_t>(kPageSize - next.value % kPageSize, bytes - at));
    if (!process->machine().memory().raw().read(next, std::span(read).subspan(at))) {
      throw LabError(fmt::format("memory: nothing is at {}", trace::hex(next)));
    }
  }
  return read;
}

std::uint32_t Moment::word(GuestAddr from) const {
  std::uint32_t value = 0;
  const auto bytes = memory(from, sizeof value);
  std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::string Moment::report() const {
  return lab::standing_text(facts_->standing, report::Style{});
}
std::string Moment::json() const {
  return lab::standing_json(facts_->standing);
}

std::ostream& operator<<(std::ostream& out, const Moment& moment) {
  return out << moment.report();
}

}  // namespace sehlab
