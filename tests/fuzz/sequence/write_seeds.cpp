// write_sequence_seeds SOURCE_FOLDER: writes what seeds.txt says into fixtures/corpus, and
// sequences.dict. Files that a campaign added there stay.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/sequence/seeds.hpp"

int main(int argc, char** argv) {
  namespace sequence = sehlab::fuzz::sequence;
  if (argc != 2) {
    std::fputs("usage: write_sequence_seeds SOURCE_FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path source = argv[1];
  const std::string from = (source / "tests/fuzz/sequence/seeds.txt").string();
  std::ifstream file(from);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto seeds = sequence::parse_seeds(text, from);
  if (!file || !seeds) {
    const std::string why = file ? seeds.error().text() : from + ": cannot be read";
    std::fprintf(stderr, "%s\n", why.c_str());
    return 2;
  }
  const std::filesystem::path corpus = source / "fixtures/corpus";
  bool written = true;
  const auto write = [&](const std::filesystem::path& path, const char* bytes, std::size_t size) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out.write(bytes, static_cast<std::streamsize>(size));
    written &= static_cast<bool>(out.flush());
  };
  for (const sequence::Seed& seed : *seeds) {
    write(corpus / seed.folder / seed.name, reinterpret_cast<const char*>(seed.bytes.data()),
          seed.bytes.size());
  }
  const std::string dictionary = sequence::dictionary();
  write(corpus / "sequences.dict", dictionary.data(), dictionary.size());
  if (!written) std::fputs("not everything could be written\n", stderr);
  return written ? 0 : 1;
}
