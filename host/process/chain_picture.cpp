#include "host/process/chain_picture.hpp"

#include <cstddef>

#include "host/seh/chain.hpp"

namespace sehlab::process {
namespace {

constexpr std::size_t kLongestChainShown = 64;  // records of a chain in an event

}  // namespace

trace::ChainPicture chain_picture(const emu::RawAccess& memory, GuestAddr teb) {
  trace::ChainPicture picture;
  picture.head = GuestAddr{memory.get<std::uint32_t>(teb).value_or(0)};
  const seh::Chain chain = seh::read_chain(memory, picture.head, kLongestChainShown);
  for (const seh::ChainRecord& link : chain.records) {
    picture.links.push_back({link.record, link.next, {link.handler, {}}});
  }
  switch (chain.ending) {
    case seh::ChainEnding::End:
      break;
    case seh::ChainEnding::Cycle:
      picture.ending = "cycle";
      break;
    case seh::ChainEnding::TooLong:
      picture.ending = "too-long";
      break;
    case seh::ChainEnding::Unreadable:
      picture.ending = "unreadable";
      break;
  }
  return picture;
}

}  // namespace sehlab::process
