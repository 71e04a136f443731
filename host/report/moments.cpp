#include "host/report/moments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/trace/plain.hpp"

namespace sehlab::report {
namespace {

constexpr std::size_t kLongestLine = 400, kLineCost = 16;  // bytes

std::string words_of(const win32::ExceptionRecord& record) {
  std::string text =
      fmt::format("{},{},{},{},{}", record.ExceptionCode, record.ExceptionFlags,
                  record.ExceptionRecord, record.ExceptionAddress, record.NumberParameters);
  const std::uint32_t count =
      std::min(record.NumberParameters, win32::EXCEPTION_MAXIMUM_PARAMETERS);
  for (std::uint32_t i = 0; i < count; ++i) {
    text += fmt::format(",{}", record.ExceptionInformation[i]);
  }
  return text;
}

/// In the order of kContextFields of the page (exception.js).
std::string words_of(const win32::Context& c) {
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                     c.ContextFlags, c.Dr0, c.Dr1, c.Dr2, c.Dr3, c.Dr6, c.Dr7, c.SegGs, c.SegFs,
                     c.SegEs, c.SegDs, c.Edi, c.Esi, c.Ebx, c.Edx, c.Ecx, c.Eax, c.Ebp, c.Eip,
                     c.SegCs, c.EFlags, c.Esp, c.SegSs);
}

void append(std::string& list, const std::string& one) {
  if (!list.empty()) list += ",\n";
  list += one;
}

std::string shown(const std::string& text) {
  return page_string(trace::printable(text, 400));
}

}  // namespace

std::size_t Moments::line(const MomentLine& line) {
  const auto [place, fresh] = lines_.try_emplace(line, lines_.size());
  if (fresh) {
    append(line_list_, fmt::format("{},{}", line.address.value, fmt::join(line.words, ",")));
  }
  return place->second;
}

std::size_t Moments::code(const MomentCode& code) {
  const auto [place, fresh] = code_.try_emplace(code, code_.size());
  if (fresh) {
    append(code_list_, fmt::format("[{},{},{},{},{}]", code.address.value, shown(code.bytes),
                                   shown(code.text), shown(code.symbol), shown(code.source)));
  }
  return place->second;
}

/// [events, instruction, thread, [registers], os_esp, [lines], listing, [frames], exception or 0]
std::string Moments::packed(const Moment& moment) {
  std::vector<std::size_t> memory, listing;
  for (const MomentLine& one : moment.memory) memory.push_back(line(one));
  for (const MomentCode& one : moment.code) listing.push_back(code(one));
  const auto [place, fresh] = listings_.try_emplace(listing, listings_.size());
  if (fresh) append(listing_list_, fmt::format("[{}]", fmt::join(listing, ",")));
  std::string frames;
  for (const trace::CallFrame& frame : moment.frames) {
    name(frame.code.address, frame.code.symbol);
    frames += fmt::format("{}{},{}", frames.empty() ? "" : ",", frame.frame.value,
                          frame.code.address.value);
  }
  std::string exception = "0";
  if (const auto& e = moment.exception) {
    exception =
        fmt::format("[{},{},[{}],[{}]]", e->record_at.value, e->context_at.value,
                    e->record ? words_of(*e->record) : "", e->context ? words_of(*e->context) : "");
  }
  return fmt::format("[{},{},{},[{}],{},[{}],{},[{}],{}]", moment.events, moment.instruction,
                     moment.thread, fmt::join(moment.registers, ","), moment.os_esp.value,
                     fmt::join(memory, ","), place->second, frames, exception);
}

void Moments::add(const Moment& moment) {
  append(list_, packed(moment));
  ++moments_;
}

void Moments::add_step(const Moment& step) {
  append(step_list_, packed(step));
  ++steps_;
}

void Moments::name(GuestAddr address, const std::string& symbol) {
  if (!symbol.empty()) names_.try_emplace(address, symbol);
}

void Moments::source(const std::string& file, std::uint32_t line, const std::string& text) {
  if (source_size_ > kMostSource) return;
  const auto [place, fresh] = sources_[file].try_emplace(line, text, 0, kLongestLine);
  if (fresh) source_size_ += place->second.size() + kLineCost;
}

void Moments::write(std::ostream& out) const {
  out << "{\"skipped\":" << skipped_ << ",\"moments\":[" << list_ << "],\n\"steps\":[" << step_list_
      << "],\n\"lines\":[" << line_list_ << "],\n\"code\":[" << code_list_ << "],\n\"listings\":["
      << listing_list_ << "],\n\"names\":[";
  const char* between = "";
  for (const auto& [address, symbol] : names_) {
    out << between << '[' << address.value << ',' << shown(symbol) << ']';
    between = ",";
  }
  out << "],\n\"sources\":[";
  between = "";
  for (const auto& [file, lines] : sources_) {
    out << between << '[' << shown(file);
    for (const auto& [line, text] : lines) out << ',' << line << ',' << shown(text);
    out << ']';
    between = ",\n";
  }
  out << "]}";
}

}  // namespace sehlab::report
