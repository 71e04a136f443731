#include "host/lab/demo_story.hpp"

#include <algorithm>
#include <span>

#include "host/trace/trace.hpp"

namespace sehlab::lab {
namespace {

// The tests that the demo runs, in this order: a panic across C, then a nil dereference.
const std::vector<std::string> kTests{"TestCallbackPanicLocked", "TestSetPanicOnFault"};
const std::vector<std::string> kObserved{"panic", "gorecover", "sigpanic"};
constexpr std::uint64_t kBudget = 200'000'000;

/// Walks the events forwards; each find() goes on from the last one.
class Cursor {
 public:
  explicit Cursor(std::span<const trace::Event> events) : events_(events) {}

  template <typename T, typename Where>
  Moment<T> find(Where&& where) {
    for (std::size_t i = at_; i < events_.size(); ++i) {
      const T* what = std::get_if<T>(&events_[i].payload);
      if (what == nullptr || !where(events_[i], *what)) continue;
      at_ = i + 1;
      return {&events_[i], what};
    }
    return {};
  }
  /// The last one before the cursor.
  template <typename T, typename Where>
  Moment<T> last(Where&& where) const {
    for (std::size_t i = at_; i-- > 0;) {
      const T* what = std::get_if<T>(&events_[i].payload);
      if (what != nullptr && where(events_[i], *what)) return {&events_[i], what};
    }
    return {};
  }

 private:
  std::span<const trace::Event> events_;
  std::size_t at_ = 0;
};

bool reached(const trace::SymbolReached& what, std::string_view function) {
  return function_name(what.at.symbol) == function;
}

/// The panic that crosses C: the first one with a record of callbackasm1's at the chain's head.
void find_break(Story& story, Cursor cursor) {
  for (;;) {
    story.panic = cursor.find<trace::SymbolReached>(
        [](const auto&, const auto& what) { return reached(what, "panic"); });
    if (!story.panic) return;
    const GuestAddr head = story.panic.event->chain.head;
    story.callback_record = cursor.last<trace::RecordPushed>(
        [head](const auto&, const auto& what) { return what.record == head; });
    if (story.callback_record &&
        function_name(story.callback_record.what->owner.symbol) == "callbackasm1") {
      break;
    }
  }
  const std::uint32_t thread = story.panic.event->thread;
  const GuestAddr record = story.callback_record.what->record;
  story.thread_record =
      cursor.last<trace::RecordPushed>([thread](const auto& event, const auto& what) {
        return event.thread == thread && function_name(what.owner.symbol) == "mstart";
      });
  const auto started = cursor.last<trace::ThreadStarted>(
      [thread](const auto&, const auto& what) { return what.id == thread; });
  if (started) story.stack = started.what->stack;

  Cursor after = cursor;
  story.exposed = after.find<trace::RecordExposed>(
      [record](const auto&, const auto& what) { return what.record == record; });
  if (story.exposed) {
    Cursor exposed = after;
    story.restored = exposed.find<trace::ExposureEnded>(
        [record](const auto&, const auto& what) { return what.record == record; });
    exposed = after;
    story.written = exposed.find<trace::ExposedRecordWritten>(
        [record](const auto&, const auto& what) { return what.record == record; });
  }
  story.recovery = cursor.find<trace::SymbolReached>(
      [](const auto&, const auto& what) { return reached(what, "gorecover"); });
}

/// The fault after the recovery, and what its dispatch met.
void find_fault(Story& story) {
  if (!story.recovery) return;
  Cursor cursor(story.events);
  const trace::Event* const recovery = story.recovery.event;
  story.fault = cursor.find<trace::FaultRaised>(
      [recovery](const auto& event, const auto&) { return &event > recovery; });
  if (!story.fault) return;
  for (const trace::Event* event = story.fault.event + 1;
       event != story.events.data() + story.events.size(); ++event) {
    if (const auto* visited = std::get_if<trace::RecordVisited>(&event->payload)) {
      story.visits.push_back({event, visited});
    } else if (const auto* refused = std::get_if<trace::RecordRefused>(&event->payload)) {
      if (!story.refused) story.refused = {event, refused};
    } else if (const auto* entered = std::get_if<trace::HandlerEntered>(&event->payload)) {
      if (!story.handler) story.handler = {event, entered};
    } else if (const auto* defect = std::get_if<trace::DefectFound>(&event->payload)) {
      if (!story.defect) story.defect = {event, defect};
    } else if (const auto* to = std::get_if<trace::DispatchContinued>(&event->payload)) {
      story.continued = {event, to};
      break;
    } else if (std::holds_alternative<trace::DispatchAbandoned>(event->payload)) {
      break;
    }
  }
  story.sigpanic = cursor.find<trace::SymbolReached>(
      [](const auto&, const auto& what) { return reached(what, "sigpanic"); });
}

}  // namespace

std::string function_name(std::string_view symbol) {
  const std::size_t bang = symbol.find('!');
  if (bang == symbol.npos) return {};
  symbol.remove_prefix(bang + 1);
  return std::string(symbol.substr(0, symbol.find("+0x")));
}

process::Options story_options(const std::filesystem::path& image) {
  process::Options options;
  options.program = image;
  options.arguments = kTests;
  options.system_folder = system_folder();
  options.watch = watch::Mode::Report;
  options.observed = kObserved;
  options.observed_must_exist = false;  // a program without them does what no claim says
  options.budget = kBudget;
  return options;
}

tl::expected<Story, StartError> tell(const std::filesystem::path& image) {
  const process::Options options = story_options(image);
  trace::Trace trace;
  CapturedOutput output;
  auto end = run(options, output, {&trace});
  if (!end) return tl::make_unexpected(end.error());
  Story story;
  story.image = image.stem().string();
  story.events = std::move(trace.events);
  story.end = std::move(*end);
  story.output = output.out();
  find_break(story, Cursor(story.events));
  find_fault(story);
  // Any defect tells against a program that should be sound, wherever it was found.
  if (!story.defect) {
    story.defect = Cursor(story.events).find<trace::DefectFound>([](const auto&, const auto&) {
      return true;
    });
  }
  return story;
}

}  // namespace sehlab::lab
