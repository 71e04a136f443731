#include "host/fuzz/step_recorder.hpp"

#include <array>
#include <string>
#include <utility>
#include <variant>

namespace sehlab::fuzz {
namespace {

using sequence::RecordKind;
using sequence::RecordRef;
using sequence::Step;

/// Handlers by the ends of their names: "image!symbol". The first that fits counts.
constexpr std::array<std::pair<std::string_view, RecordKind>, 10> kHandlers{{
    {"!record_handler", RecordKind::Raw},
    {"!sigtramp", RecordKind::Sigtramp},
    {"ntdll!_except_handler3", RecordKind::Base},
    {"ntdll!FinalExceptionHandler", RecordKind::Final},
    {"ntdll!RtlpExceptionProtector", RecordKind::Protector},
    {"ntdll!RtlpUnwindProtector", RecordKind::UnwindProtector},
    {"unwind_guard", RecordKind::LocalUnwindGuard},
    {"vcruntime140!", RecordKind::CrtGuard},
    {"!_except_handler3", RecordKind::Try},
    {"!__ehhandler", RecordKind::Cxx},
}};

RecordKind kind_of(std::string_view symbol) {
  for (const auto& [end, kind] : kHandlers) {
    if (symbol.find(end) != std::string_view::npos) return kind;
  }
  return RecordKind::CrtGuard;
}

constexpr std::uint32_t kHandlerAt = 4, kIdAt = 8;  // guest/fuzz/sequences/record.S

}  // namespace

bool StepRecorder::wants(const trace::Payload& payload) const {
  return std::holds_alternative<trace::FaultRaised>(payload) ||
         std::holds_alternative<trace::VectoredEntered>(payload) ||
         std::holds_alternative<trace::VectoredReturned>(payload) ||
         std::holds_alternative<trace::HandlerEntered>(payload) ||
         std::holds_alternative<trace::Disposition>(payload) ||
         std::holds_alternative<trace::UnwindBegun>(payload) ||
         std::holds_alternative<trace::RecordUnwound>(payload) ||
         std::holds_alternative<trace::UnwindEnded>(payload) ||
         std::holds_alternative<trace::DispatchContinued>(payload) ||
         std::holds_alternative<trace::DispatchAbandoned>(payload) ||
         std::holds_alternative<trace::DefectFound>(payload) ||
         std::holds_alternative<trace::ProcessEnded>(payload);
}

std::uint32_t StepRecorder::word(GuestAddr at) const {
  return process_->machine().memory().raw().get<std::uint32_t>(at).value_or(0);
}

RecordRef StepRecorder::record(GuestAddr at, const trace::Place& handler) {
  auto known = kinds_.find(handler.address);
  if (known == kinds_.end()) {
    const std::string symbol =
        handler.symbol.empty() ? process_->modules().symbolize(handler.address) : handler.symbol;
    known = kinds_.emplace(handler.address, kind_of(symbol)).first;
  }
  RecordRef ref{known->second, 0};
  if (ref.kind == RecordKind::Raw) ref.id = static_cast<std::uint8_t>(word(at + kIdAt));
  return ref;
}

RecordRef StepRecorder::record_at(GuestAddr at) {
  const GuestAddr handler{word(at + kHandlerAt)};
  // Beside a record lie other words; a code address is not among them.
  if (process_->modules().at(handler) == nullptr) return {};
  return record(at, {handler, {}});
}

void StepRecorder::on_event(const trace::Event& event) {
  if (process_ == nullptr) return;  // it starts up
  using Kind = Step::Kind;
  const auto add = [&](Kind kind, RecordRef ref, std::uint32_t code, std::uint32_t flags,
                       std::int32_t value) {
    steps_.push_back({kind, ref, code, flags, value});
  };
  if (const auto* raised = std::get_if<trace::FaultRaised>(&event.payload)) {
    add(Kind::Raised, {}, raised->code, raised->flags, raised->software ? 1 : 0);
  } else if (const auto* vectored = std::get_if<trace::VectoredEntered>(&event.payload)) {
    add(vectored->continuing ? Kind::ContinueEntered : Kind::VectoredEntered, {}, vectored->code,
        vectored->flags, 0);
  } else if (const auto* answered = std::get_if<trace::VectoredReturned>(&event.payload)) {
    add(answered->continuing ? Kind::ContinueReturned : Kind::VectoredReturned, {}, 0, 0,
        static_cast<std::int32_t>(answered->value));
  } else if (const auto* entered = std::get_if<trace::HandlerEntered>(&event.payload)) {
    add(Kind::HandlerEntered, record(entered->frame, entered->handler), entered->code,
        entered->flags, 0);
  } else if (const auto* returned = std::get_if<trace::Disposition>(&event.payload)) {
    add(Kind::Returned, record(returned->frame, returned->handler), 0, 0,
        static_cast<std::int32_t>(returned->value));
  } else if (const auto* begun = std::get_if<trace::UnwindBegun>(&event.payload)) {
    add(Kind::UnwindBegun, record_at(begun->target), begun->code, begun->flags, 0);
  } else if (const auto* unwound = std::get_if<trace::RecordUnwound>(&event.payload)) {
    add(Kind::Unwound, record_at(unwound->record), 0, 0, 0);
  } else if (const auto* finished = std::get_if<trace::UnwindEnded>(&event.payload)) {
    add(Kind::UnwindEnded, record_at(finished->target), 0, 0, 0);
  } else if (std::holds_alternative<trace::DispatchContinued>(event.payload)) {
    add(Kind::Continued, {}, 0, 0, 0);
  } else if (const auto* abandoned = std::get_if<trace::DispatchAbandoned>(&event.payload)) {
    add(Kind::Abandoned, {}, abandoned->code, 0, abandoned->stack_invalid ? 1 : 0);
  } else if (const auto* defect = std::get_if<trace::DefectFound>(&event.payload)) {
    if (defect->suppressed.empty() && defect_.empty()) defect_ = defect->defect;
  } else if (const auto* ended = std::get_if<trace::ProcessEnded>(&event.payload)) {
    add(Kind::Ended, {}, ended->code, 0, 0);
  }
}

Step as_recorded(Step predicted) {
  using Kind = Step::Kind;
  if (predicted.record.kind != RecordKind::Raw) predicted.record.id = 0;
  switch (predicted.kind) {
    case Kind::Raised:
      break;
    case Kind::VectoredEntered:
    case Kind::ContinueEntered:
      predicted.record = {};
      predicted.value = 0;
      break;
    case Kind::VectoredReturned:
    case Kind::ContinueReturned:
      predicted.record = {};
      predicted.code = predicted.flags = 0;
      break;
    case Kind::HandlerEntered:
      predicted.value = 0;
      break;
    case Kind::UnwindBegun:
      predicted.value = 0;
      break;
    case Kind::Continued:
      predicted = {Kind::Continued, {}, 0, 0, 0};
      break;
    case Kind::Abandoned:
      predicted = {Kind::Abandoned, {}, predicted.code, 0, predicted.value};
      break;
    case Kind::Ended:
      predicted = {Kind::Ended, {}, predicted.code, 0, 0};
      break;
    default:
      predicted.code = predicted.flags = 0;
      if (predicted.kind != Kind::Returned) predicted.value = 0;
      break;
  }
  return predicted;
}

}  // namespace sehlab::fuzz
