#include "tests/fuzz/sequence/scene.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "host/fuzz/sequence/listing.hpp"

namespace sehlab::fuzz::sequence {

std::vector<std::byte> bytes_of(const std::vector<Op>& ops) {
  std::vector<std::byte> bytes;
  for (const Op& op : ops) {
    for (const int part : {op.op, op.a, op.b, op.c}) bytes.push_back(static_cast<std::byte>(part));
  }
  return bytes;
}

Prediction predict(const std::vector<Op>& ops, Program program, Detail detail) {
  Model model;
  Prediction prediction;
  model.predict(bytes_of(ops), program, detail, prediction);
  return prediction;
}

std::string text(const std::vector<std::uint32_t>& log, const Ending& ending) {
  std::string text;
  for (const std::uint32_t one : log) text += fmt::format("{:08x} {}\n", one, describe(one));
  return text + describe(ending) + "\n";
}

void check(const std::vector<Op>& ops, const std::vector<std::uint32_t>& log, const Ending& ending,
           Program program) {
  const Prediction prediction = predict(ops, program);
  CHECK(!prediction.unmodelled.has_value());
  CHECK(!prediction.overflow);
  CHECK(text(prediction.log, prediction.ending) == text(log, ending));
}

}  // namespace sehlab::fuzz::sequence
