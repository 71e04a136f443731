#ifndef CRT_IO_H
#define CRT_IO_H

#include <corecrt.h>
#include <fcntl.h>

CRT_BEGIN
int _open(const char* name, int flags, ...);
int _wopen(const wchar_t* name, int flags, ...);
int _close(int file);
int _read(int file, void* to, unsigned bytes);
int _write(int file, const void* from, unsigned bytes);
long _lseek(int file, long offset, int origin);
int64_t _lseeki64(int file, int64_t offset, int origin);
int64_t _telli64(int file);
long _tell(int file);
int _dup(int file);
int _dup2(int from, int to);
int _eof(int file);
int _isatty(int file);
int _setmode(int file, int mode);
int _commit(int file);
long _filelength(int file);
intptr_t _get_osfhandle(int file);
int _open_osfhandle(intptr_t handle, int flags);
int _access(const char* name, int mode);
CRT_END

#endif
