#include "host/process/captured_output.hpp"

#include <algorithm>

namespace sehlab::process {

void CapturedOutput::write(int stream, std::span<const std::byte> bytes) {
  std::string& to = text(stream);
  const std::size_t room = most_ - std::min(most_, to.size());
  truncated_ = truncated_ || bytes.size() > room;
  to.append(reinterpret_cast<const char*>(bytes.data()), std::min(room, bytes.size()));
}

}  // namespace sehlab::process
