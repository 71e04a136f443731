#include "host/fuzz/sequence/shrink.hpp"

#include "host/fuzz/sequence/shrinker.hpp"

namespace sehlab::fuzz::sequence {

Shrunk shrink(std::span<const std::uint8_t> bytes, const StillFails& still_fails,
              const ShrinkOptions& options) {
  Shrinker shrinker(bytes, options.begins_in);
  Shrunk shrunk;
  const auto tell = [&] {
    if (!options.progress) return;
    options.progress({shrunk.tries, ops_in(shrinker.best().size()), shrinker.phase()});
  };
  const auto done = [&] { shrunk.bytes.assign(shrinker.best().begin(), shrinker.best().end()); };

  if (options.most_tries != 0) {
    ++shrunk.tries;
    shrunk.failed = still_fails(bytes);
    tell();
  }
  while (shrunk.failed) {
    const auto candidate = shrinker.next();
    if (!candidate) {
      shrunk.complete = true;
      break;
    }
    if (shrunk.tries == options.most_tries) break;
    ++shrunk.tries;
    shrinker.answer(still_fails(*candidate));
    tell();
  }
  done();
  return shrunk;
}

}  // namespace sehlab::fuzz::sequence
