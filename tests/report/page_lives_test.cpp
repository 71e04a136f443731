#include "host/report/page_lives.hpp"

#include <doctest/doctest.h>

#include "tests/report/unpacked_page.hpp"

using namespace sehlab;
using namespace sehlab::report;
using namespace sehlab::trace;

TEST_SUITE_BEGIN("report");

using Numbers = std::vector<std::uint64_t>;

// A row: thread, record, then push, end, exposure, its end, write, defect: each one more than the
// event's number from 0. By hand.

TEST_CASE("a record's life is told by the numbers of its events") {
  const GuestAddr record{0x19fe94};
  TraceMaker trace;
  trace.emit(GateCalled{}).emit(RecordPushed{record, {}, {}, {}, {}});
  trace.emit(RecordExposed{.record = record}).emit(ExposedRecordWritten{.record = record});
  trace.emit(DefectFound{.defect = "overwritten", .record = record});
  trace.emit(RecordPopped{record, {}, {}});
  CHECK(unpacked(trace).numbers("lives") == Numbers{1, 0x19fe94, 2, 6, 3, 0, 4, 5});
}

TEST_CASE("an address that is used again begins another life, and rows are sorted") {
  const GuestAddr high{0x2000}, low{0x1000};
  TraceMaker trace;
  trace.emit(RecordPushed{high, {}, {}, {}, {}}).emit(RecordPopped{high, {}, {}});
  trace.emit(RecordPushed{high, {}, {}, {}, {}}).emit(RecordPushed{low, {}, {}, {}, {}});
  CHECK(unpacked(trace).numbers("lives") == Numbers{1, 0x1000, 4, 0, 0, 0, 0, 0,
                                                    1, 0x2000, 1, 2, 0, 0, 0, 0,
                                                    1, 0x2000, 3, 0, 0, 0, 0, 0});
}

TEST_CASE("threads have lives of their own at one address") {
  const GuestAddr record{0x1000};
  TraceMaker trace;
  trace.emit(RecordPushed{record, {}, {}, {}, {}});
  trace.thread = 2;
  trace.emit(RecordPopped{record, {}, {}});
  CHECK(unpacked(trace).numbers("lives") ==
        Numbers{1, 0x1000, 1, 0, 0, 0, 0, 0, 2, 0x1000, 0, 2, 0, 0, 0, 0});
}

TEST_CASE("the end of an exposure is told beside its beginning") {
  const GuestAddr record{0x1000};
  TraceMaker trace;
  trace.emit(RecordExposed{.record = record}).emit(ExposureEnded{record, {}, 61});
  CHECK(unpacked(trace).numbers("lives") == Numbers{1, 0x1000, 0, 0, 1, 2, 0, 0});
}
