// Flow: how a piece of code was left. Whatever leaves more than one function (a landing, a
// recovered panic, the end of the process) is returned, and every caller hands it on until the
// function that it names.
#pragma once

#include <cstdint>

namespace sehlab::fuzz::sequence {

class [[nodiscard]] Flow {
 public:
  enum class Kind : std::uint8_t { Returned, Lands, Recovers, Panics, Ended };

  constexpr Flow() = default;
  /// Control goes on in the function of operation `id`.
  static constexpr Flow lands(std::uint8_t id) { return {Kind::Lands, id}; }
  /// Go frame `frame` returns, since one of its deferred functions recovered.
  static constexpr Flow recovers(std::uint16_t frame) { return {Kind::Recovers, frame}; }
  /// Go's handler made the exception a panic: it is continued in sigpanic.
  static constexpr Flow panics(std::uint8_t value) { return {Kind::Panics, value}; }
  static constexpr Flow ended() { return {Kind::Ended, 0}; }

  [[nodiscard]] constexpr bool returned() const { return kind_ == Kind::Returned; }
  [[nodiscard]] constexpr bool lands() const { return kind_ == Kind::Lands; }
  [[nodiscard]] constexpr bool lands_in(std::uint8_t id) const { return lands() && where_ == id; }
  [[nodiscard]] constexpr bool recovers_in(std::uint16_t frame) const {
    return kind_ == Kind::Recovers && where_ == frame;
  }
  [[nodiscard]] constexpr bool panics() const { return kind_ == Kind::Panics; }
  [[nodiscard]] constexpr std::uint8_t value() const { return static_cast<std::uint8_t>(where_); }

 private:
  constexpr Flow(Kind kind, std::uint16_t where) : kind_(kind), where_(where) {}

  Kind kind_ = Kind::Returned;
  std::uint16_t where_ = 0;
};

}  // namespace sehlab::fuzz::sequence
