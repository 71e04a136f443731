// Operations that are not modelled yet: a prediction names the one that it came to.
#include "host/fuzz/sequence/run.hpp"

namespace sehlab::fuzz::sequence {

Flow Run::execute_go(std::uint8_t, Operation op) {
  return unmodelled(op.op);
}
Flow Run::go_frame(bool) {
  return unmodelled(LAB_OP_NOP);
}
Flow Run::callback() {
  if (program_ == Program::C) {
    idle();
    return {};
  }
  return unmodelled(LAB_OP_CALLBACK);
}
Flow Run::sigtramp(const Exception&, Answer&) {
  return unmodelled(LAB_OP_FAULT);
}
Flow Run::panic(std::uint8_t) {
  return unmodelled(LAB_OP_PANIC);
}
Flow Run::cxx_try(std::uint8_t) {
  return unmodelled(LAB_OP_CXX_TRY);
}
Flow Run::cxx_object(std::uint8_t) {
  return unmodelled(LAB_OP_CXX_OBJECT);
}
Flow Run::cxx_throw(std::uint8_t) {
  return unmodelled(LAB_OP_THROW);
}
Flow Run::cxx_handler(Index, Exception&, Answer&) {
  return unmodelled(LAB_OP_CXX_TRY);
}
Flow Run::setjmp_frame(std::uint8_t) {
  return unmodelled(LAB_OP_SETJMP);
}
Flow Run::longjmp(std::uint8_t) {
  return unmodelled(LAB_OP_LONGJMP);
}

}  // namespace sehlab::fuzz::sequence
