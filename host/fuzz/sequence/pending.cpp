// Operations that are not modelled yet: a prediction names the one that it came to.
#include "host/fuzz/sequence/run.hpp"

namespace sehlab::fuzz::sequence {

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
