#include "host/fuzz/sequence/run.hpp"

#include "host/fuzz/sequence/model.hpp"

namespace sehlab::fuzz::sequence {

Model::Model(GoroutineStacks stacks) : run_(std::make_unique<Run>(stacks)) {}
Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

void Model::predict(std::span<const std::byte> bytes, Program program, Detail detail,
                    Prediction& into) {
  run_->predict(bytes, program, detail, into);
}

void Run::predict(std::span<const std::byte> bytes, Program program, Detail detail,
                  Prediction& into) {
  into.log.clear();
  into.steps.clear();
  into.visits.clear();
  into.ending = {};
  into.overflow = into.off_stack = false;
  into.unmodelled.reset();

  into_ = &into;
  bytes_ = bytes;
  count_ = operation_count(bytes);
  cursor_ = 0;
  program_ = program;
  detailed_ = detail == Detail::Steps;
  place_ = {};
  deferred_.clear();
  vectored_.clear();
  continue_.clear();
  uses_.fill(0);
  unwind_uses_.fill(0);
  go_frames_ = 0;
  crossed_ = false;
  several_threads_ = waits_in_go_ = cxx_lost_ = false;
  cxx_in_flight_ = 0;

  new_chain();
  Flow flow;
  if (program == Program::C) {
    flow = run_operations(true);
  } else {
    push(RecordKind::Sigtramp, 0);  // mstart's (go-windows-386.md 1.4)
    flow = go_frame(true);
  }
  if (flow.returned()) flow = end(Ending::Kind::Exited, 0);
}

Index Run::push(RecordKind kind, std::uint8_t id, std::int8_t level, Index guarded) {
  const Record record{kind,           id,
                      level,          place_.on_goroutine,
                      place_.level,   place_.live_from,
                      place_.live_to, place_.base,
                      place_.head,    guarded};
  const bool own = kind == RecordKind::Raw || kind == RecordKind::Try || kind == RecordKind::Cxx;
  if (own && record.on_goroutine) into_->off_stack = true;
  place_.head = records_.push(place_.top, record);
  return place_.head;
}

/// What every thread starts with (facts 3.9).
void Run::new_chain() {
  place_.head = kNoRecord;
  place_.on_goroutine = false;
  place_.base = 0;
  push(RecordKind::Final, 0);
  push(RecordKind::Base, 0);
}

void Run::add_live(Live kind, std::uint8_t id, Index record) {
  const LiveFrame frame{kind, id, place_.on_goroutine, record};
  if (place_.live_to == live_.size()) {
    live_.push_back(frame);
  } else {
    live_[place_.live_to] = frame;
  }
  ++place_.live_to;
}

/// The one that an operand chooses, the innermost being 0; nullptr when there is none.
const Run::LiveFrame* Run::choose_live(Live kind, std::uint8_t operand) const {
  std::size_t there = 0;
  for (std::size_t i = place_.live_from; i < place_.live_to; ++i) there += live_[i].kind == kind;
  if (there == 0) return nullptr;
  std::size_t left = operand % there;
  std::size_t i = place_.live_to;
  for (;;) {
    if (live_[--i].kind == kind && left-- == 0) return &live_[i];
  }
}

/// Is a policy other than "search" followed once more?
bool Run::follows(std::array<std::uint8_t, LAB_SEQ_MOST_OPS>& uses, std::uint8_t id) {
  if (uses[id] == LAB_SEQ_MOST_USES) return false;
  ++uses[id];
  return true;
}

/// The operation that is being executed does nothing here.
void Run::idle() {
  if (detailed_) into_->visits[visiting_].idle = true;
}

Flow Run::end(Ending::Kind kind, std::uint32_t code) {
  into_->ending = {kind, code};
  step(Step::Kind::Ended, {}, {code});
  return Flow::ended();
}

Flow Run::unmodelled(std::uint8_t op) {
  into_->unmodelled = op;
  return Flow::ended();
}

void Run::log(std::uint8_t kind, std::uint8_t id, std::uint8_t x, std::uint8_t y) {
  if (into_->log.size() == LAB_SEQ_MOST_LOG) {
    into_->overflow = true;
    return;
  }
  const auto word = [](std::uint8_t byte) { return std::uint32_t{byte}; };
  into_->log.push_back(word(kind) | word(id) << 8 | word(x) << 16 | word(y) << 24);
}

void Run::log(std::uint8_t kind, std::uint8_t id, const Exception& exception) {
  const std::uint32_t code8 = (exception.code ^ exception.code >> 24) & 0xff;
  log(kind, id, static_cast<std::uint8_t>(exception.flags), static_cast<std::uint8_t>(code8));
}

}  // namespace sehlab::fuzz::sequence
