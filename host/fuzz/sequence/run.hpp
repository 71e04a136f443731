// Run: one sequence being predicted. The host's own recursion mirrors the guest's stack: a function
// here for each function that is on it, so that the order of things is that of the machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "host/fuzz/sequence/flow.hpp"
#include "host/fuzz/sequence/handler_list.hpp"
#include "host/fuzz/sequence/operation.hpp"
#include "host/fuzz/sequence/prediction.hpp"
#include "host/fuzz/sequence/record_stack.hpp"

namespace sehlab::fuzz::sequence {

/// An EXCEPTION_RECORD, as far as somebody looks at it.
struct Exception {
  std::uint32_t code;
  std::uint32_t flags = 0;
  std::uint8_t fault = LAB_FAULTS;  ///< LAB_FAULT_* of a hardware fault, else LAB_FAULTS
  std::uint8_t thrown = 0;          ///< of a C++ exception
};

/// What a handler answers.
struct Answer {
  std::uint32_t disposition = 1;
  Index context = kNoRecord;  ///< the dispatcher's context: RegistrationPointer
  Flow resume;                ///< where a continued exception goes on: behind it, or in sigpanic
};

/// What is restored by whoever goes on: a frame that is landed in, a handler that returns, a Go
/// frame that recovered.
struct Place {
  std::uint8_t level = 0;
  Program world = Program::C;
  bool on_goroutine = false;                 ///< the code runs on a goroutine's stack
  bool foreign = false;                      ///< a thread that Go's runtime does not know
  std::uint16_t live_from = 0, live_to = 0;  ///< live frames of the innermost call of C
  std::uint16_t go_frame = 0;                ///< the innermost Go frame
  std::uint32_t defers_from = 0;             ///< where the goroutine's deferred calls begin
  Index head = kNoRecord;                    ///< fs:[0]
  Index top = 0;                             ///< ESP: records from here on are dead
  Index base = 0;  ///< StackBase: records before this one are beyond it (LAB_OP_STACK_BASE)
};

struct Panic {
  std::uint8_t value;
  bool recovered = false;
};

class Run {
 public:
  explicit Run(GoroutineStacks stacks) : stacks_(stacks) {}

  void predict(std::span<const std::byte> bytes, Program program, Detail detail, Prediction& into);

 private:
  enum class Live : std::uint8_t { Record, SetJump };
  struct LiveFrame {
    Live kind;
    std::uint8_t id;
    bool on_goroutine;  ///< where its code runs
    Index record;       ///< RECORD: its own; SETJMP: jmp_buf's Registration
  };
  struct Deferred {
    enum class Kind : std::uint8_t { Call, EndCgo, UnwindM } kind;
    std::uint8_t id = 0;      ///< Call: the operation
    std::uint16_t frame = 0;  ///< Call: the Go frame that deferred it
    Index head = kNoRecord;   ///< EndCgo: fs:[0] when cgocall was entered
  };

  // operations.cpp: the cursor
  Flow run_operations(bool outermost = false);
  Flow execute(std::uint8_t id, Operation op);
  Flow execute_c(std::uint8_t id, Operation op);
  Flow execute_go(std::uint8_t id, Operation op);
  Flow run_steps();
  Flow fault(std::uint8_t id, std::uint8_t which);
  Flow raise_exception(std::uint8_t id, Operation op);
  Flow thread_frame();
  Flow stack_base_frame(Operation op);

  // dispatch.cpp
  Flow raise(Exception exception, bool software);
  Flow raise_status(std::uint32_t status);
  Flow walk_chain(Exception& exception);
  Flow continue_execution(const Exception& exception, Flow resume);
  Flow call_vectored(const Exception& exception, bool& handled);
  Flow vectored_handler(std::uint8_t id, const Exception& exception, bool& handled);
  Flow execute_handler(Index frame, Exception& exception, RecordKind protector, Answer& answer);
  Flow call_handler(Index frame, Exception& exception, Answer& answer);

  // unwind.cpp
  Flow unwind(Target target, Exception& exception);
  Flow unwind_without_record(Index target);

  // record_frame.cpp
  Flow record_frame(std::uint8_t id);
  /// The operations of a live frame: it is left by their end, or by landing in it, to `outside`.
  Flow run_landable(std::uint8_t id, const Place& outside);
  Flow raw_handler(Index frame, Exception& exception, Answer& answer);
  Flow raw_unwinding(Index frame, Answer& answer);
  Flow unwind_and_land(const LiveFrame& target, Exception& exception);
  Flow go_on_in(const LiveFrame& target, std::uint8_t op);
  Flow unwind_operation(std::uint8_t operand);

  // try_frame.cpp
  Flow try_frame(std::uint8_t id, Operation op);
  Flow try_handler(Index frame, Exception& exception, Answer& answer);
  Flow filter(std::uint8_t id, const Exception& exception, int& result);
  Flow finally(std::uint8_t id, bool abnormal);
  Flow local_unwind(Index frame, std::int8_t stop);

  // cxx_frame.cpp
  Flow cxx_try(std::uint8_t id);
  Flow cxx_object(std::uint8_t id);
  Flow cxx_throw(std::uint8_t thrown);
  Flow cxx_handler(Index frame, Exception& exception);
  Flow crt_guard(Index guard, const Exception& exception);
  Flow catch_block(Index frame, Exception& exception);
  Flow destructor(std::uint8_t id);

  // jump_frame.cpp
  Flow setjmp_frame(std::uint8_t id);
  Flow longjmp(std::uint8_t operand);

  // go_frame.cpp
  Flow go_frame(bool outermost = false);
  Flow go_call();
  Flow cgocall();
  Flow callback();
  Flow goroutine();
  Flow sigtramp(const Exception& exception, Answer& answer);
  Flow go_dies();

  // go_panic.cpp
  Flow panic(std::uint8_t value);
  Flow run_deferred(const Deferred& deferred, Panic* by);
  void recover(std::uint8_t id, Panic* by);

  // run.cpp
  Index push(RecordKind kind, std::uint8_t id, std::int8_t level = 0, Index guarded = kNoRecord);
  void new_chain();
  void add_live(Live kind, std::uint8_t id, Index record);
  const LiveFrame* choose_live(Live kind, std::uint8_t operand) const;
  bool follows(std::array<std::uint8_t, LAB_SEQ_MOST_OPS>& uses, std::uint8_t id);
  /// Not on the thread's stack as its TEB describes it: the dispatcher refuses such a record.
  [[nodiscard]] bool off_stack(Index record) const {
    return records_[record].on_goroutine || record < place_.base;
  }
  [[nodiscard]] bool may_go_deeper() const { return place_.level < LAB_SEQ_MOST_LEVELS; }
  Operation operation(std::uint8_t id) const { return operation_at(bytes_, id); }
  void idle();
  Flow end(Ending::Kind kind, std::uint32_t code);
  Flow unmodelled(std::uint8_t op);
  void log(std::uint8_t kind, std::uint8_t id, std::uint8_t x = 0, std::uint8_t y = 0);
  void log(std::uint8_t kind, std::uint8_t id, const Exception& exception);
  void step(Step::Kind kind, RecordRef record, const Exception& exception, std::int32_t value = 0) {
    if (detailed_) into_->steps.push_back({kind, record, exception.code, exception.flags, value});
  }

  const GoroutineStacks stacks_;
  /// A thread was made: whether its stack lies above the goroutines' is not known.
  bool several_threads_ = false;
  /// Who waits for this thread does so on a goroutine's stack, as if it ran Go code: nobody else
  /// can run any until it is back (Go 1.3: one P).
  bool waits_in_go_ = false;
  /// C++ exceptions that are on their way or in a catch block. A panic that passes one leaves the C
  /// runtime with frames of it on a stack that is used again: what it does with the next exception
  /// is nowhere said.
  std::uint32_t cxx_in_flight_ = 0;
  bool cxx_lost_ = false;
  std::span<const std::byte> bytes_;
  std::size_t count_ = 0, cursor_ = 0;
  Program program_ = Program::C;
  bool detailed_ = false;
  std::size_t visiting_ = 0;  ///< the operation being executed, in visits
  Prediction* into_ = nullptr;

  Place place_;
  RecordStack records_;
  std::vector<LiveFrame> live_;
  std::vector<Deferred> deferred_;
  HandlerList vectored_, continue_;
  std::array<std::uint8_t, LAB_SEQ_MOST_OPS> uses_{}, unwind_uses_{};
  std::uint16_t go_frames_ = 0;
  std::uint32_t base_code_ = 0;  ///< what the thread's base frame was asked about last
  /// C went on in a frame outside of Go frames, whose deferred calls are still listed.
  bool crossed_ = false;
};

}  // namespace sehlab::fuzz::sequence
