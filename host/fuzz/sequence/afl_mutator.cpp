#include "host/fuzz/sequence/afl_mutator.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "host/fuzz/sequence/dice.hpp"
#include "host/fuzz/sequence/generate.hpp"
#include "host/fuzz/sequence/mutate.hpp"
#include "host/fuzz/sequence/shrinker.hpp"

namespace {

namespace sequence = sehlab::fuzz::sequence;

/// Steps of trimming for one test case: some tenths of a second at what AFL++ runs.
constexpr int kMostTrimSteps = 1500;
constexpr std::size_t kCrossoverOneIn = 4;
constexpr std::size_t kGenerateOneIn = 64;

class AflMutator {
 public:
  AflMutator(std::uint32_t seed, std::optional<sequence::World> world)
      : dice_(seed), world_(world) {}

  std::span<std::uint8_t> fuzz(std::span<const std::uint8_t> bytes,
                               std::span<const std::uint8_t> other, std::size_t most) {
    if (room_.size() < most) room_.resize(most);
    const std::span room = std::span(room_).first(most);
    std::size_t size = std::min(bytes.size(), most);
    bool done = false;
    if (!other.empty() && dice_.one_in(kCrossoverOneIn)) {
      size = sequence::crossover(bytes, other, room, seed(), world_);
      done = size != 0 && dice_.one_in(2);
    } else if (dice_.one_in(kGenerateOneIn)) {
      size = sequence::generate(room, seed(), world_);
      done = size != 0;
    } else {
      std::copy_n(bytes.begin(), size, room.begin());
    }
    if (!done) size = sequence::mutate(room, size, seed(), world_);
    if (size == 0) size = sequence::generate(room, seed(), world_);
    if (size == 0 && most != 0) room[size++] = dice_.byte();
    return room.first(size);
  }

  bool begin_trim(std::span<const std::uint8_t> bytes) {
    shrinker_.emplace(bytes, world_);
    step_ = 0;
    return prepare();
  }
  [[nodiscard]] std::span<std::uint8_t> trimmed() { return candidate_; }
  int answer_trim(bool same) {
    if (!shrinker_) return kMostTrimSteps;
    shrinker_->answer(same);
    return ++step_ < kMostTrimSteps && prepare() ? step_ : kMostTrimSteps;
  }

 private:
  std::uint32_t seed() { return static_cast<std::uint32_t>(dice_.next() >> 32); }

  bool prepare() {
    while (const auto candidate = shrinker_->next()) {
      if (!candidate->empty()) {
        candidate_.assign(candidate->begin(), candidate->end());
        return true;
      }
      shrinker_->answer(false);  // AFL++ has no use for empty test cases
    }
    shrinker_.reset();
    return false;
  }

  sequence::Dice dice_;
  std::optional<sequence::World> world_;
  std::vector<std::uint8_t> room_;
  std::optional<sequence::Shrinker> shrinker_;
  std::vector<std::uint8_t> candidate_;
  int step_ = 0;
};

std::optional<sequence::World> world_of_environment() {
  const char* value = std::getenv("SEHLAB_SEQUENCE_WORLD");
  const std::string_view word = value == nullptr ? "" : value;
  if (word == "c") return sequence::World::C;
  if (word == "go") return sequence::World::Go;
  if (word.empty()) return std::nullopt;
  std::fprintf(stderr, "sehlab: SEHLAB_SEQUENCE_WORLD is \"%s\"; it can be c or go\n", value);
  std::exit(1);
}

AflMutator& mutator(void* data) {
  return *static_cast<AflMutator*>(data);
}

}  // namespace

#define SEHLAB_EXPORT __attribute__((visibility("default")))

extern "C" {

SEHLAB_EXPORT void* afl_custom_init(afl_state*, unsigned int seed) {
  return std::make_unique<AflMutator>(seed, world_of_environment()).release();
}

SEHLAB_EXPORT void afl_custom_deinit(void* data) {
  const std::unique_ptr<AflMutator> ends(static_cast<AflMutator*>(data));
}

SEHLAB_EXPORT std::size_t afl_custom_fuzz(void* data, unsigned char* buf, std::size_t buf_size,
                                          unsigned char** out_buf, unsigned char* add_buf,
                                          std::size_t add_buf_size, std::size_t max_size) {
  const std::span<const std::uint8_t> other(add_buf, add_buf == nullptr ? 0 : add_buf_size);
  const auto out = mutator(data).fuzz(std::span(buf, buf_size), other, max_size);
  *out_buf = out.data();
  return out.size();
}

SEHLAB_EXPORT int afl_custom_init_trim(void* data, unsigned char* buf, std::size_t buf_size) {
  return mutator(data).begin_trim(std::span(buf, buf_size)) ? kMostTrimSteps : 0;
}

SEHLAB_EXPORT std::size_t afl_custom_trim(void* data, unsigned char** out_buf) {
  const auto candidate = mutator(data).trimmed();
  *out_buf = candidate.data();
  return candidate.size();
}

SEHLAB_EXPORT int afl_custom_post_trim(void* data, unsigned char success) {
  return mutator(data).answer_trim(success != 0);
}
}
