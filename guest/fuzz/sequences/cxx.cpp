// C++: catch blocks, objects with destructors, throw.
extern "C" {
#include "fuzz/sequences/sequences.h"
}

namespace {

void run_block(uint32_t policy) {
  if (policy % LAB_BLOCKS == LAB_BLOCK_STEPS) run_inside();
}

struct Object {
  explicit Object(uint32_t own) : id(own) {}
  ~Object() noexcept(false) {
    say(LAB_LOG_DESTROYED, id, 0, 0);
    run_block(OP(id)[1]);
  }
  uint32_t id;
};

void catch_block(uint32_t id, uint32_t value, const Standing& kept, uint32_t base) {
  standing = kept;
  put_base(base);
  say(LAB_LOG_CATCH, id, value, 0);
  if (OP(id)[3] & 1) run_inside();
}

void frame_with_object(uint32_t id, const Standing& kept) {
  Object object(id);
  run_c_frame(false);
  standing = kept;
}

}  // namespace

extern "C" NOINLINE void open_cxx_try(uint32_t id) {
  OPEN_FRAME;
  if (OP(id)[1] % LAB_CATCHES == LAB_CATCH_INT) {
    try {
      run_c_frame(false);
    } catch (int value) {
      catch_block(id, static_cast<uint32_t>(value), kept_, base_);
    }
  } else {
    try {
      run_c_frame(false);
    } catch (...) {
      catch_block(id, 0, kept_, base_);
    }
  }
  CLOSE_FRAME(id);
}

extern "C" NOINLINE void open_cxx_object(uint32_t id) {
  OPEN_FRAME;
  frame_with_object(id, kept_);
  CLOSE_FRAME(id);
}

extern "C" void throw_int(uint32_t id) {
  throw static_cast<int>(OP(id)[1]);
}
