#include "host/report/walk_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/report/wrap.hpp"
#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::report {
namespace {

constexpr std::size_t kIndent = 4;
constexpr std::size_t kReasonIndent = 14;  // below "handler"
constexpr std::size_t kVerdictColumn = 34;
constexpr std::uint32_t kMostUnreached = 16;

/// What became of one record: a word in capitals and a sentence.
struct Verdict {
  std::string word, reason;
};

struct Entry {
  std::string subject;  ///< "0019fe94  handler 41414141"
  Verdict verdict;
  std::string history;  ///< what is known of the record; may be empty
};

/// Subject, verdict and reason on one line if they fit, else the reason below.
std::string write(const Entry& entry, Style style) {
  const std::string subject =
      trace::padded(std::string(kIndent, ' ') + entry.subject, kVerdictColumn - 2);
  const std::string line = subject + "  " + entry.verdict.word + "  " + entry.verdict.reason;
  std::string text;
  if (trace::width(line) <= kColumns) {
    text = subject + "  " + style.bad(entry.verdict.word) + "  " + entry.verdict.reason + '\n';
  } else {
    text = subject + "  " + style.bad(entry.verdict.word) + '\n' +
           indented(entry.verdict.reason, kReasonIndent, kColumns);
  }
  if (!entry.history.empty()) text += indented(entry.history, kReasonIndent, kColumns);
  return text;
}

std::string subject(GuestAddr record, const trace::Place& handler) {
  const bool known = handler.address != GuestAddr{} || !handler.symbol.empty();
  return trace::hex(record) + (known ? "  handler " + trace::show_short(handler) : "");
}

Verdict returned(std::uint32_t value) {
  switch (value) {
    case 0:
      return {"CONTINUED", "it answered ContinueExecution to an exception that forbids it"};
    case 1:
      return {"DECLINED", "it answered ContinueSearch"};
    case 2:
      return {"NESTED", "it answered NestedException: an earlier handler was still running"};
    default:
      return {"ANSWERED " + std::to_string(value), "which is no answer to an exception"};
  }
}

Verdict verdict(const Asked& asked, bool last, bool abandoned) {
  switch (asked.answer) {
    case Asked::Answer::Refused:
      return {"REFUSED", std::string(trace::refusal_words(asked.why))};
    case Asked::Answer::Disposition:
      return returned(asked.value);
    case Asked::Answer::NoReturn:
      return last && !abandoned ? Verdict{"ENDED IT", "its handler let the process end"}
                                : Verdict{"NO ANSWER", "its handler was called and did not return"};
    case Asked::Answer::NotCalled:
      return {"NOT CALLED", "the walk ended at this record"};
  }
  return {};
}

Verdict verdict(const AskedFirst& asked, bool abandoned) {
  if (asked.answer) return {"DECLINED", "it answered EXCEPTION_CONTINUE_SEARCH"};
  return abandoned ? Verdict{"NO ANSWER", "it was called and did not return"}
                   : Verdict{"ENDED IT", "it let the process end"};
}

/// A record that the walk did not come to.
struct Unreached {
  enum class Way : std::uint8_t {
    Chain,   ///< the chain leads to it
    Was,     ///< the chain led to it when the records were linked, and does no longer
    Garbage  ///< overwritten words lead to it; nobody linked a record there
  };
  GuestAddr record{};
  trace::Place handler{};
  Way way = Way::Chain;
};

/// What lies beyond the last record asked: as the chain leads on, then, where words of it were
/// overwritten, as it did when the records were linked.
class Beyond {
 public:
  explicit Beyond(const CrashStory& story) : story_(story), fatal_(story.fatal()) {
    for (const Asked& asked : fatal_.asked) seen_.insert(asked.record);
    if (fatal_.asked.empty()) return;
    follow_chain(fatal_.asked.back().record);
    for (const Asked& asked : fatal_.asked) follow_history(asked.record);
  }
  [[nodiscard]] const std::vector<Unreached>& records() const { return records_; }

 private:
  [[nodiscard]] const RecordFacts* facts(GuestAddr record) const {
    return story_.history().find(fatal_.thread, record);
  }

  void follow_chain(GuestAddr from) {
    const auto& links = fatal_.chain.links;
    auto link = std::find_if(links.begin(), links.end(),
                             [from](const trace::ChainLink& l) { return l.record == from; });
    if (link == links.end()) return;
    const RecordFacts* before = facts(from);
    for (++link; link != links.end() && seen_.insert(link->record).second; ++link) {
      const RecordFacts* here = facts(link->record);
      const bool garbage = before != nullptr && before->written_at != 0 && here == nullptr;
      records_.push_back(
          {link->record, link->handler, garbage ? Unreached::Way::Garbage : Unreached::Way::Chain});
      if (garbage) return;  // and so is all that it leads to
      before = here;
    }
  }

  void follow_history(GuestAddr from) {
    const RecordFacts* here = facts(from);
    while (here != nullptr && here->next.value != win32::kChainEnd &&
           seen_.insert(here->next).second) {
      const GuestAddr next = here->next;
      here = facts(next);
      if (here != nullptr) records_.push_back({next, here->handler, Unreached::Way::Was});
    }
  }

  const CrashStory& story_;
  const DispatchStory& fatal_;
  std::set<GuestAddr> seen_;
  std::vector<Unreached> records_;
};

Verdict verdict(const Unreached& record, const DispatchStory& fatal) {
  if (record.way == Unreached::Way::Garbage) {
    return {"NO RECORD", "nobody linked one here: the overwritten words lead to it"};
  }
  const bool refused = !fatal.asked.empty() && fatal.asked.back().answer == Asked::Answer::Refused;
  std::string why =
      refused ? "the walk stops at a record that is refused" : "the walk did not come so far";
  if (record.way == Unreached::Way::Was) why += "; the chain led here before it was overwritten";
  return {"NOT REACHED", why};
}

Verdict unhandled_filter(const CrashStory& story) {
  if (!story.abandoned()) return {"ASKED", "by the handler that let the process end"};
  return {"NOT REACHED", "it is called from the thread's base frame"};
}

std::string history_of(const CrashStory& story, GuestAddr record) {
  const RecordFacts* facts = story.history().find(story.fatal().thread, record);
  return facts == nullptr ? "" : history_words(*facts, record);
}

}  // namespace

std::string walk_report(const CrashStory& story, Style style) {
  const DispatchStory& fatal = story.fatal();
  if (!fatal.dispatched) {
    return indented(
        "nobody: the exception did not come to a dispatch (no room for its frame on "
        "the stack, or it is of a kind that no handler is asked about, or it was "
        "raised for its second chance at once)",
        kIndent, kColumns);
  }
  std::string text;
  for (const AskedFirst& asked : fatal.asked_first) {
    text += write({"vectored  handler " + trace::show_short(asked.handler),
                   verdict(asked, story.abandoned()), ""},
                  style);
  }
  if (fatal.asked.empty()) text += indented("no record: the chain is empty", kIndent, kColumns);
  for (std::size_t i = 0; i < fatal.asked.size(); ++i) {
    const Asked& asked = fatal.asked[i];
    const bool last = i + 1 == fatal.asked.size() && fatal.asked_more == 0;
    text += write({subject(asked.record, asked.handler), verdict(asked, last, story.abandoned()),
                   history_of(story, asked.record)},
                  style);
  }
  if (fatal.asked_more > 0) {
    text += fmt::format("    … and {} more\n", trace::grouped(fatal.asked_more));
  }
  const Beyond walk(story);
  const std::vector<Unreached>& beyond = walk.records();
  for (std::size_t i = 0; i < beyond.size(); ++i) {
    if (i == kMostUnreached) {
      text += fmt::format("    … and {} more that were not reached\n", beyond.size() - i);
      break;
    }
    text += write({subject(beyond[i].record, beyond[i].handler), verdict(beyond[i], fatal),
                   history_of(story, beyond[i].record)},
                  style);
  }
  return text + write({"unhandled filter", unhandled_filter(story), ""}, style);
}

}  // namespace sehlab::report
