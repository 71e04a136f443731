#include "host/lab/recording.hpp"

#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

namespace sehlab::lab {
namespace {

using Json = nlohmann::json;

constexpr std::uintmax_t kLargest = 1u << 30;  // bytes: the sandbox's 256 MiB and then some
constexpr const char* kFormat = "sehlab recording";

/// Looks at a file before it is taken apart: the library recurses into what is nested, and throws
/// at lengths that no memory holds.
class Bounds final : public nlohmann::json_sax<Json> {
 public:
  explicit Bounds(std::size_t bytes) : bytes_(bytes) {}
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t elements) override { return begin(elements); }
  bool start_array(std::size_t elements) override { return begin(elements); }
  bool end_object() override { return end(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  static constexpr int kDeepest = 4;  // recording, files, file; and one to spare
  /// An element is a byte at least; a length that is not told is the largest number.
  bool begin(std::size_t elements) {
    const bool told = elements != std::numeric_limits<std::size_t>::max();
    return ++depth_ <= kDeepest && (!told || elements <= bytes_);
  }
  bool end() {
    --depth_;
    return true;
  }
  std::size_t bytes_;
  int depth_ = 0;
};

/// Takes the members of a recording, and keeps the first complaint.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  void text(const char* key, std::string& into) {
    if (const Json* value = member(key, &Json::is_string)) into = value->get<std::string>();
  }
  void number(const char* key, std::uint64_t& into) {
    if (const Json* value = member(key, &Json::is_number_unsigned)) {
      into = value->get<std::uint64_t>();
    }
  }
  void flag(const char* key, bool& into) {
    if (const Json* value = member(key, &Json::is_boolean)) into = value->get<bool>();
  }
  void texts(const char* key, std::vector<std::string>& into) {
    each(key, [&](const Json& element) {
      if (!element.is_binary()) return false;
      const auto& bytes = element.get_binary();
      into.emplace_back(bytes.begin(), bytes.end());
      return true;
    });
  }
  /// Calls take(element) for each element of an array; false there is a complaint.
  template <typename Take>
  void each(const char* key, Take take) {
    const Json* value = member(key, &Json::is_array);
    if (value == nullptr) return;
    for (const Json& element : *value) {
      if (!take(element)) return complain(key);
    }
  }
  void complain(const std::string& key) {
    if (complaint_.empty()) complaint_ = "\"" + key + "\" is missing or of the wrong kind";
  }
  [[nodiscard]] const std::string& complaint() const { return complaint_; }

 private:
  const Json* member(const char* key, bool (Json::*is)() const noexcept) {
    const auto found = json_.find(key);
    if (found != json_.end() && ((*found).*is)()) return &*found;
    complain(key);
    return nullptr;
  }

  const Json& json_;
  std::string complaint_;
};

/// Any bytes, which a CBOR text may not be.
Json binaries(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) {
    array.push_back(Json::binary({text.begin(), text.end()}));
  }
  return array;
}

Json json_of(const Recording& recording) {
  Json json = {{"format", kFormat},
               {"version", Recording::kVersion},
               {"program_digest", recording.program_digest},
               {"sehop", recording.sehop},
               {"seed", recording.seed},
               {"budget", recording.budget},
               {"profile", recording.profile},
               {"watch", recording.watch},
               {"end", recording.end},
               {"instructions", recording.instructions}};
  json["program"] = binaries({recording.program});
  json["arguments"] = binaries(recording.arguments);
  json["dll_folders"] = binaries(recording.dll_folders);
  json["injections"] = binaries(recording.injections);
  json["input"] = binaries(recording.input);
  json["files"] = Json::array();
  for (const Recording::File& file : recording.files) {
    json["files"].push_back({{"path", Json::binary({file.path.begin(), file.path.end()})},
                             {"folder", file.folder},
                             {"bytes", Json::binary(file.bytes)}});
  }
  json["checkpoints"] = Json::array();
  for (const Checkpoint& checkpoint : recording.checkpoints) {
    json["checkpoints"].push_back({checkpoint.instructions, checkpoint.digest});
  }
  return json;
}

bool read_file(const Json& json, Recording& recording) {
  const auto path = json.find("path"), folder = json.find("folder"), bytes = json.find("bytes");
  if (!json.is_object() || path == json.end() || !path->is_binary() || folder == json.end() ||
      !folder->is_boolean() || bytes == json.end() || !bytes->is_binary()) {
    return false;
  }
  Recording::File file;
  file.path.assign(path->get_binary().begin(), path->get_binary().end());
  file.folder = folder->get<bool>();
  file.bytes = bytes->get_binary();
  recording.files.push_back(std::move(file));
  return true;
}

bool read_checkpoint(const Json& json, Recording& recording) {
  if (!json.is_array() || json.size() != 2 || !json[0].is_number_unsigned() ||
      !json[1].is_number_unsigned()) {
    return false;
  }
  const Checkpoint checkpoint{json[0].get<std::uint64_t>(), json[1].get<std::uint64_t>()};
  const auto& all = recording.checkpoints;
  if (!all.empty() && checkpoint.instructions <= all.back().instructions) return false;
  recording.checkpoints.push_back(checkpoint);
  return true;
}

}  // namespace

std::vector<std::uint8_t> recording_bytes(const Recording& recording) {
  return Json::to_cbor(json_of(recording));
}

Result<> write_recording(const Recording& recording, const std::filesystem::path& file) {
  const std::vector<std::uint8_t> bytes = recording_bytes(recording);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) return fail(file.string(), "cannot be written");
  return {};
}

Result<Recording> parse_recording(std::span<const std::uint8_t> bytes, const std::string& name) {
  Bounds bounds(bytes.size());
  const bool sound = Json::sax_parse(bytes, &bounds, Json::input_format_t::cbor);
  const Json json =
      sound ? Json::from_cbor(bytes, /*strict=*/true, /*allow_exceptions=*/false) : Json();
  if (!json.is_object() || json.value("format", Json()) != kFormat) {
    return fail(name, "is no recording of a run");
  }
  if (json.value("version", Json()) != Recording::kVersion) {
    return fail(name, "is a recording of another version of sehlab");
  }
  Recording recording;
  Reader reader(json);
  std::vector<std::string> program;
  reader.texts("program", program);
  if (program.size() == 1) {
    recording.program = program.front();
  } else {
    reader.complain("program");
  }
  reader.number("program_digest", recording.program_digest);
  reader.texts("arguments", recording.arguments);
  reader.texts("dll_folders", recording.dll_folders);
  reader.text("profile", recording.profile);
  reader.text("watch", recording.watch);
  reader.flag("sehop", recording.sehop);
  reader.number("seed", recording.seed);
  reader.number("budget", recording.budget);
  reader.texts("injections", recording.injections);
  reader.texts("input", recording.input);
  reader.each("files", [&](const Json& element) { return read_file(element, recording); });
  reader.each("checkpoints",
              [&](const Json& element) { return read_checkpoint(element, recording); });
  reader.text("end", recording.end);
  reader.number("instructions", recording.instructions);
  if (!reader.complaint().empty()) return fail(name, reader.complaint());
  return recording;
}

Result<Recording> read_recording(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) return fail(file.string(), "cannot be read: " + error.message());
  if (size > kLargest) return fail(file.string(), "is too large for a recording");
  std::ifstream in(file, std::ios::binary);
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in),
                                        std::istreambuf_iterator<char>()};
  if (!in.good() && !in.eof()) return fail(file.string(), "cannot be read");
  return parse_recording(bytes, file.string());
}

std::uint64_t digest_of(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return 0;
  std::ifstream in(file, std::ios::binary);
  std::uint64_t digest = 0xcbf29ce484222325;
  for (std::istreambuf_iterator<char> at(in), end; at != end; ++at) {
    digest = (digest ^ static_cast<unsigned char>(*at)) * 0x100000001b3;
  }
  return digest;
}

}  // namespace sehlab::lab
