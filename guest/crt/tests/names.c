/* Files and folders by name. Source: Microsoft's page of each function. Wine 8.0 agrees, but that
 * its user there may write what is read-only, and that _tempnam does not fall back on the current
 * folder. */
#include <direct.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utime.h>

#include "mingw/check.h"

/* A number that is no file's is an invalid parameter, which without a handler ends a program of the
 * UCRT; msvcrt has none. */
#if !CRT_MSVCRT
static void refused(const wchar_t* expression, const wchar_t* function, const wchar_t* file,
                    unsigned line, uintptr_t reserved) {}
#endif

static void put(const char* name, const char* text) {
  FILE* stream = fopen(name, "wb");
  CHECK(stream && fputs(text, stream) >= 0 && fclose(stream) == 0);
}

static void folders(void) {
  char start[260], here[260], *block;
  CHECK(_getcwd(start, sizeof start) == start && start[1] == ':');
  CHECK(_mkdir("made") == 0);
  errno = 0;
  CHECK(_mkdir("made") == -1 && errno == EEXIST);
  CHECK(_mkdir("none\\made") == -1 && errno == ENOENT);
  CHECK(_chdir("made") == 0 && _getcwd(here, sizeof here) == here);
  CHECK(!_strnicmp(here, start, strlen(start)) && !strcmp(here + strlen(here) - 5, "\\made"));
  errno = 0;
  CHECK(_getcwd(here, 3) == 0 && errno == ERANGE);
  block = _getcwd(0, 0);
  CHECK(block && !_stricmp(block + strlen(start), "\\made"));
  free(block);
  CHECK(_getdrive() == (start[0] | 0x20) - 'a' + 1);
  CHECK(_chdir("..") == 0 && _chdir("none") == -1 && errno == ENOENT);
  put("made\\file", "x");
  CHECK(_rmdir("made") == -1 && errno == ENOTEMPTY);
  CHECK(remove("made\\file") == 0 && _rmdir("made") == 0);
  CHECK(_rmdir("made") == -1 && errno == ENOENT);
}

static void facts(void) {
  struct _stat64 all;
  struct _stat32 small;
  struct __utimbuf64 times = {1000000000, 1234567890};
  put("facts.exe", "12345");
  CHECK(_stat64("facts.exe", &all) == 0 && all.st_size == 5 && all.st_nlink == 1);
  CHECK(all.st_mode == (_S_IFREG | 0777)); /* by its name it can be run */
  CHECK(_utime64("facts.exe", &times) == 0 && _stat64("facts.exe", &all) == 0);
  CHECK(all.st_atime == 1000000000 && all.st_mtime == 1234567890);
  CHECK(_stat32("facts.exe", &small) == 0 && small.st_mtime == 1234567890 && small.st_size == 5);
  CHECK(_chmod("facts.exe", _S_IREAD) == 0 && _access("facts.exe", 2) == -1 && errno == EACCES);
  CHECK(_stat32("facts.exe", &small) == 0 && small.st_mode == (_S_IFREG | 0555));
  CHECK(_access("facts.exe", 4) == 0 && fopen("facts.exe", "w") == 0 && errno == EACCES);
  CHECK(_chmod("facts.exe", _S_IREAD | _S_IWRITE) == 0 && remove("facts.exe") == 0);
  CHECK(_stat64(".", &all) == 0 && (all.st_mode & _S_IFMT) == _S_IFDIR);
  CHECK(_stat64("none", &all) == -1 && errno == ENOENT);
  CHECK(_stat64("fact?.exe", &all) == -1 && errno == ENOENT);
  CHECK(_access("none", 0) == -1 && errno == ENOENT);
  FILE* stream = fopen("facts", "wb");
  CHECK(stream && fputs("123", stream) >= 0 && fflush(stream) == 0);
  CHECK(_fstat64(_fileno(stream), &all) == 0 && all.st_size == 3 && fclose(stream) == 0);
  CHECK((all.st_mode & _S_IFMT) == _S_IFREG && remove("facts") == 0);
}

static void searching(void) {
  struct __finddata64_t found;
  int files = 0, folders = 0, sum = 0;
  CHECK(_mkdir("search") == 0 && _mkdir("search\\folder.txt") == 0);
  put("search\\a.txt", "1");
  put("search\\b.txt", "22");
  put("search\\c.doc", "333");
  intptr_t search = _findfirst64("search\\*.txt", &found);
  CHECK(search != -1);
  do {
    if (found.attrib & _A_SUBDIR) {
      ++folders;
      CHECK(!strcmp(found.name, "folder.txt"));
    } else {
      ++files;
      sum += (int)found.size;
    }
  } while (_findnext64(search, &found) == 0);
  CHECK(errno == ENOENT && files == 2 && folders == 1 && sum == 3);
  CHECK(_findclose(search) == 0);
  CHECK(_findfirst64("search\\*.none", &found) == -1 && errno == ENOENT);
  CHECK(remove("search\\a.txt") == 0 && remove("search\\b.txt") == 0 &&
        _unlink("search\\c.doc") == 0);
  CHECK(_rmdir("search\\folder.txt") == 0 && _rmdir("search") == 0);
}

static void moving(void) {
  put("from", "moved");
  put("to", "there");
  CHECK(rename("from", "to") == -1 && errno == EEXIST);
  CHECK(remove("to") == 0 && rename("from", "to") == 0 && _access("from", 0) == -1);
  CHECK(rename("from", "to") == -1 && errno == ENOENT);
  CHECK(remove("to") == 0 && remove("to") == -1 && errno == ENOENT);
}

static void opening(void) {
  int file;
  CHECK(_sopen_s(&file, "opened", _O_CREAT | _O_EXCL | _O_RDWR | _O_BINARY, 0x40,
                 _S_IREAD | _S_IWRITE) == 0);
  CHECK(_write(file, "12345", 5) == 5 && _chsize(file, 8) == 0 && _filelength(file) == 8);
  CHECK(_tell(file) == 5 && _chsize_s(file, 2) == 0 && _filelength(file) == 2);
  CHECK(_close(file) == 0);
  CHECK(_open("opened", _O_CREAT | _O_EXCL | _O_RDWR, _S_IWRITE) == -1 && errno == EEXIST);
  CHECK(_open("none", _O_RDONLY) == -1 && errno == ENOENT);
  CHECK(_close(77) == -1 && errno == EBADF && remove("opened") == 0);
  file = _creat("opened", _S_IREAD);
  CHECK(file >= 0 && _close(file) == 0 && _access("opened", 2) == -1);
  CHECK(_chmod("opened", _S_IREAD | _S_IWRITE) == 0 && remove("opened") == 0);
}

static void temporary(void) {
  char name[] = "tempXXXXXX";
  CHECK(_mktemp(name) == name && !strncmp(name, "tempa", 5) && name[10] == 0);
  put(name, "");
  char second[] = "tempXXXXXX";
  CHECK(_mktemp(second) == second && second[4] == 'b' && remove(name) == 0);
#if !CRT_MSVCRT
  char text[8];
  FILE* stream = tmpfile();
  CHECK(stream && fputs("kept", stream) >= 0);
  if (stream) {
    rewind(stream);
    CHECK(fgets(text, sizeof text, stream) && !strcmp(text, "kept") && _rmtmp() == 1);
  }
#endif
  CHECK(_putenv("TMP=C:\\none") == 0 && _tempnam("C:\\none", "pre") == 0);
  CHECK(_putenv("TMP=") == 0);
  char* unused = _tempnam("C:\\none", "pre");
  CHECK(unused && strstr(unused, "pre") && _access(unused, 0) == -1);
  free(unused);
}

static void paths(void) {
  char drive[_MAX_DRIVE], folder[_MAX_DIR], name[_MAX_FNAME], extension[_MAX_EXT], path[260];
  _splitpath("C:\\one.x\\two/three.four.five", drive, folder, name, extension);
  CHECK(!strcmp(drive, "C:") && !strcmp(folder, "\\one.x\\two/"));
  CHECK(!strcmp(name, "three.four") && !strcmp(extension, ".five"));
  CHECK(_splitpath_s("name", drive, 3, 0, 0, name, 5, extension, 2) == 0);
  CHECK(!*drive && !strcmp(name, "name") && !*extension);
  CHECK(_splitpath_s("name", 0, 0, 0, 0, name, 4, 0, 0) == ERANGE && !*name);
  _makepath(path, "C", "one\\two", "three", "four");
  CHECK(!strcmp(path, "C:one\\two\\three.four"));
  CHECK(_makepath_s(path, sizeof path, 0, "one/", "two", ".three") == 0);
  CHECK(!strcmp(path, "one/two.three"));
  CHECK(_fullpath(path, "C:\\one\\..\\two\\.\\three", sizeof path) == path);
  CHECK(!strcmp(path, "C:\\two\\three"));
  CHECK(_fullpath(path, "C:\\one", 4) == 0);
}

int main(void) {
#if !CRT_MSVCRT
  _set_invalid_parameter_handler(refused);
#endif
  folders();
  facts();
  searching();
  moving();
  opening();
  temporary();
  paths();
  puts(failures ? "FAIL names" : "PASS names");
  return failures;
}
