#ifndef CRT_DIRECT_H
#define CRT_DIRECT_H

#include <corecrt.h>

CRT_BEGIN
int _mkdir(const char* name);
int _rmdir(const char* name);
int _chdir(const char* name);
char* _getcwd(char* to, int room);
char* _getdcwd(int drive, char* to, int room);
int _wmkdir(const wchar_t* name);
int _wrmdir(const wchar_t* name);
int _wchdir(const wchar_t* name);
wchar_t* _wgetcwd(wchar_t* to, int room);
wchar_t* _wgetdcwd(int drive, wchar_t* to, int room);
int _getdrive(void);
int _chdrive(int drive);
unsigned long _getdrives(void);
CRT_END

#endif
