#include "host/gdb/session.hpp"

#include <algorithm>
#include <utility>

#include "host/gdb/hex.hpp"

namespace sehlab::gdb {
namespace {

constexpr std::size_t kMostPending = 16;
constexpr std::size_t kTextAPacket = kLongestPacket / 2 - 1;  // two digits a byte, and 'O'

}  // namespace

Session::Ending Session::serve() {
  while (!lost_) {
    std::optional<Received> next;
    if (!pending_.empty()) {
      next = std::move(pending_.front());
      pending_.pop_front();
    } else {
      next = reader_.next();
    }
    if (next) {
      if (!handle(*next)) return ending_;
      continue;
    }
    const auto bytes = connection_.receive();
    if (!bytes) break;
    reader_.feed(*bytes);
  }
  return gone_ ? Ending::Ended : Ending::Lost;
}

bool Session::handle(const Received& received) {
  if (const auto* packet = std::get_if<Packet>(&received)) {
    if (acknowledges_) lost_ = !connection_.send("+") || lost_;
    return handle_packet(packet->payload);
  }
  if (const auto* acknowledged = std::get_if<Acknowledged>(&received)) {
    if (!acknowledged->well && acknowledges_) lost_ = !connection_.send(last_) || lost_;
  } else if (std::holds_alternative<Damaged>(received)) {
    // Where nothing is acknowledged, an empty answer is what keeps the other side from waiting.
    if (!acknowledges_) {
      send("");
    } else {
      lost_ = !connection_.send("-") || lost_;
    }
  }
  // An interrupt has nothing to interrupt: the guest stands.
  return true;
}

bool Session::handle_packet(std::string_view payload) {
  if (payload == "k" || payload.starts_with("vKill")) {
    if (payload != "k") send(kOk);
    ending_ = gone_ ? Ending::Ended : Ending::Killed;
    return false;
  }
  if (payload.starts_with("D")) {
    send(kOk);
    ending_ = gone_ ? Ending::Ended : Ending::Detached;
    if (!gone_) target_.detach();
    return false;
  }
  if (gone_) {
    send(payload == "?" ? commands_.stop_reply(target_.standing()) : std::string(kError));
    return true;
  }
  if (const auto how = commands_.resume_of(payload)) {
    resume(*how);
    return true;
  }
  send(commands_.answer(payload, *this));
  // From the packet after the answer on.
  if (commands_.no_acknowledgements()) {
    acknowledges_ = false;
    reader_.trust_connection();
  }
  return true;
}

void Session::resume(const Resume& how) {
  const StopReport report = target_.resume(how, *this);
  gone_ = report.why == StopReport::Why::Exited || report.why == StopReport::Why::Killed;
  commands_.select(report.thread);
  send(commands_.stop_reply(report));
}

void Session::send(std::string_view payload) {
  last_ = framed(payload);
  lost_ = !connection_.send(last_) || lost_;
}

void Session::say(std::string_view text) {
  while (!text.empty()) {
    send("O" + hex_of(text.substr(0, kTextAPacket)));
    text.remove_prefix(std::min(text.size(), kTextAPacket));
  }
}

bool Session::interrupted() {
  if (lost_) return true;
  const auto bytes = connection_.poll();
  if (!bytes) return lost_ = true;
  reader_.feed(*bytes);
  bool interrupt = false;
  while (auto next = reader_.next()) {
    if (std::holds_alternative<Interrupt>(*next)) {
      interrupt = true;
    } else if (pending_.size() < kMostPending) {
      pending_.push_back(std::move(*next));
    }
  }
  return interrupt;
}

}  // namespace sehlab::gdb
