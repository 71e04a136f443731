// Anonymous pipes: Microsoft's documentation of CreatePipe, ReadFile, WriteFile and PeekNamedPipe.
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kEnds = Caller::kScratch, kStatus = Caller::kScratch + 0x10,
                    kBytes = Caller::kScratch + 0x100;

struct PipeRig : Caller {
  Handle reader = 0, writer = 0;

  explicit PipeRig(std::uint32_t capacity) {
    REQUIRE(status(gates::LabCreatePipe, kEnds.value, kEnds.value + 4, capacity) == 0);
    reader = get(kEnds);
    writer = get(kEnds + 4);
  }
  Outcome read(std::uint32_t bytes) {
    return call(gates::NtReadFile, reader, 0, 0, 0, kStatus.value, kBytes.value, bytes, 0, 0);
  }
  Outcome write(std::uint32_t bytes) {
    return call(gates::NtWriteFile, writer, 0, 0, 0, kStatus.value, kBytes.value, bytes, 0, 0);
  }
  void close(Handle end) { kernel.pipe_ends.erase(end); }
};

bool returns(const Outcome& outcome, std::uint32_t status) {
  const auto* done = std::get_if<Return>(&outcome);
  return done != nullptr && done->eax == status;
}

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("an empty pipe is waited for, and a broken one told of when it is empty") {
    PipeRig pipe(16);
    const Outcome waits = pipe.read(4);
    REQUIRE(std::holds_alternative<Block>(waits));
    CHECK(std::get<Block>(waits).handles[0] == pipe.reader);
    pipe.put(kBytes, std::array<char, 4>{'a', 'b', 'c', 'd'});
    CHECK(returns(pipe.write(4), 0));
    CHECK(returns(pipe.read(3), 0));
    CHECK(pipe.get(kStatus + 4) == 3);
    pipe.close(pipe.writer);
    CHECK(returns(pipe.read(3), 0));
    CHECK(pipe.get<char>(kBytes) == 'd');
    CHECK(returns(pipe.read(3), 0xC000014B));
  }

  TEST_CASE("a writer waits until the pipe holds no more than it is to, and writes once") {
    PipeRig pipe(8);
    CHECK(returns(pipe.write(8), 0));
    CHECK(std::holds_alternative<Block>(pipe.write(4)));
    pipe.kernel.is_retry = true;
    CHECK(std::holds_alternative<Block>(pipe.write(4)));
    pipe.kernel.is_retry = false;
    CHECK(returns(pipe.read(4), 0));
    pipe.kernel.is_retry = true;
    CHECK(returns(pipe.write(4), 0));
    CHECK(pipe.get(kStatus + 4) == 4);
    CHECK(pipe.kernel.pipe_ends.at(pipe.reader)->pipe->data.size() == 8);
    pipe.close(pipe.reader);
    CHECK(returns(pipe.write(1), 0xC00000B1));
  }

  TEST_CASE("no end goes both ways, and a pipe is no file") {
    PipeRig pipe(8);
    std::swap(pipe.reader, pipe.writer);
    CHECK(returns(pipe.read(1), win32::STATUS_ACCESS_DENIED));
    CHECK(returns(pipe.write(1), win32::STATUS_ACCESS_DENIED));
    CHECK(std::holds_alternative<Unmodelled>(
        pipe.call(gates::NtFlushBuffersFile, pipe.reader, kStatus.value)));
    CHECK(std::holds_alternative<Unmodelled>(
        pipe.call(gates::NtWaitForSingleObject, pipe.reader, 0, 0)));
  }
}
