#ifndef CRT_STRING_H
#define CRT_STRING_H

#include <corecrt.h>
#include <errno.h>

CRT_BEGIN
void* memcpy(void* to, const void* from, size_t count);
void* memmove(void* to, const void* from, size_t count);
void* memset(void* to, int byte, size_t count);
void* memchr(const void* memory, int byte, size_t count);
int memcmp(const void* left, const void* right, size_t count);
void* _memccpy(void* to, const void* from, int stop, size_t count);
int _memicmp(const void* left, const void* right, size_t count);
errno_t memcpy_s(void* to, size_t room, const void* from, size_t count);
errno_t memmove_s(void* to, size_t room, const void* from, size_t count);

char* strcpy(char* to, const char* from);
char* strncpy(char* to, const char* from, size_t count);
char* strcat(char* to, const char* from);
char* strncat(char* to, const char* from, size_t count);
int strcmp(const char* left, const char* right);
int strncmp(const char* left, const char* right, size_t count);
int strcoll(const char* left, const char* right);
size_t strxfrm(char* to, const char* from, size_t room);
char* strchr(const char* text, int character);
char* strrchr(const char* text, int character);
char* strstr(const char* text, const char* wanted);
char* strpbrk(const char* text, const char* wanted);
size_t strspn(const char* text, const char* accepted);
size_t strcspn(const char* text, const char* refused);
size_t strlen(const char* text);
size_t strnlen(const char* text, size_t most);
char* strtok(char* text, const char* delimiters);
char* strtok_s(char* text, const char* delimiters, char** next);
char* strerror(int error);
char* _strerror(const char* text);
errno_t strerror_s(char* to, size_t room, int error);
char* _strdup(const char* text);
char* strdup(const char* text);
int _stricmp(const char* left, const char* right);
int _strnicmp(const char* left, const char* right, size_t count);
int _strcmpi(const char* left, const char* right);
int _stricoll(const char* left, const char* right);
int _strncoll(const char* left, const char* right, size_t count);
int _strnicoll(const char* left, const char* right, size_t count);
char* _strrev(char* text);
char* _strset(char* text, int c);
char* _strnset(char* text, int c, size_t count);
char* _strlwr(char* text);
char* _strupr(char* text);
errno_t strcpy_s(char* to, size_t room, const char* from);
errno_t strncpy_s(char* to, size_t room, const char* from, size_t count);
errno_t strcat_s(char* to, size_t room, const char* from);
errno_t strncat_s(char* to, size_t room, const char* from, size_t count);
errno_t _strlwr_s(char* text, size_t room);
errno_t _strupr_s(char* text, size_t room);
errno_t _strset_s(char* text, size_t room, int c);
errno_t _strnset_s(char* text, size_t room, int c, size_t count);
errno_t _strerror_s(char* to, size_t room, const char* text);
wchar_t* _wcserror(int error);
errno_t _wcserror_s(wchar_t* to, size_t room, int error);
wchar_t* __wcserror(const wchar_t* text);
CRT_END
#include <wchar_strings.h>

#define _TRUNCATE ((size_t)-1)
#endif
