#include "host/api/sehlab/injection.hpp"

#include <fmt/format.h>

namespace sehlab {

At At::visit(std::uint64_t nth, std::uint64_t times) const {
  At at = *this;
  at.more_ = fmt::format(" visit={} times={}", nth, times);
  return at;
}

At At::always() const {
  At at = *this;
  at.more_ = " times=all";
  return at;
}

At at(GuestAddr address) {
  return At(fmt::format("{:#x}", address.value));
}

At at_call(const std::string& function) {
  return At("call:" + function);
}

Read::operator Disturbance() const {
  return Disturbance(fmt::format("fault=read address={:#x}", address));
}
Write::operator Disturbance() const {
  return Disturbance(fmt::format("fault=write address={:#x}", address));
}
Execute::operator Disturbance() const {
  return Disturbance(fmt::format("fault=execute address={:#x}", address));
}

Fault::Fault(std::uint32_t code) : word(fmt::format("{:#x}", code)) {}
Fault::operator Disturbance() const {
  return Disturbance("fault=" + word);
}

Fail::operator Disturbance() const {
  const std::string error = last_error ? fmt::format(" error={}", *last_error) : "";
  return Disturbance(fmt::format("fail={:#x}{}", value, error));
}

}  // namespace sehlab
