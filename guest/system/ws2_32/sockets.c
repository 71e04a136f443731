/* Sockets on a machine on which no transport protocol is installed: Winsock starts, lists no
 * protocols, knows no host, and makes no socket. */
#include "system/win32.h"

#define WSAEFAULT 10014
#define WSAENOTSOCK 10038
#define WSAEAFNOSUPPORT 10047
#define WSAVERNOTSUPPORTED 10092
#define WSANOTINITIALISED 10093
#define WSAHOST_NOT_FOUND 11001
#define WSANO_DATA 11004
#define SOCKET_ERROR (-1)
#define INADDR_NONE 0xffffffffu

typedef ULONG_PTR SOCKET;
#define INVALID_SOCKET (~(SOCKET)0)

typedef struct WSADATA {
  WORD wVersion, wHighVersion;
  char szDescription[257], szSystemStatus[129];
  USHORT iMaxSockets, iMaxUdpDg;
  char* lpVendorInfo;
} WSADATA;
_Static_assert(offsetof(WSADATA, lpVendorInfo) == 0x18c, "WSADATA");

static volatile LONG started;

static void put_text(char* to, const char* text) {
  while ((*to++ = *text++)) {
  }
}

/* Versions are minor << 8 | major: 1.0, 1.1, and 2.0 to 2.2, which who asks for more gets. */
static WORD agree(WORD wanted) {
  BYTE major = (BYTE)wanted, minor = (BYTE)(wanted >> 8);
  if (major > 2 || (major == 2 && minor > 2)) return 0x0202;
  if (major == 1 && minor > 1) return 0x0101;
  return wanted;
}

int WINAPI WSAStartup(WORD version, WSADATA* data) {
  if (!(BYTE)version) return WSAVERNOTSUPPORTED;
  if (!data) return WSAEFAULT;
  data->wVersion = agree(version);
  data->wHighVersion = 0x0202;
  put_text(data->szDescription, "sehlab Winsock");
  put_text(data->szSystemStatus, "No transport protocols");
  /* Set for version 1 only; later ones leave the three be. */
  data->iMaxSockets = data->iMaxUdpDg = 0;
  data->lpVendorInfo = 0;
  __sync_fetch_and_add(&started, 1);
  return 0;
}

int WINAPI WSAGetLastError(void) {
  return (int)GetLastError();
}
VOID WINAPI WSASetLastError(int error) {
  SetLastError((DWORD)error);
}

/* The error of a call, after the one that comes before any other. */
static ULONG_PTR refuse(DWORD error, ULONG_PTR result) {
  SetLastError(started ? error : WSANOTINITIALISED);
  return result;
}

int WINAPI WSACleanup(void) {
  for (;;) {
    LONG count = started;
    if (!count) return (int)refuse(WSANOTINITIALISED, (ULONG_PTR)SOCKET_ERROR);
    if (__sync_bool_compare_and_swap(&started, count, count - 1)) return 0;
  }
}

/* Functions of so many words that fail: with `error`, returning `failed`. */
#define WORDS1 ULONG_PTR a
#define WORDS2 WORDS1, ULONG_PTR b
#define WORDS3 WORDS2, ULONG_PTR c
#define WORDS4 WORDS3, ULONG_PTR d
#define WORDS5 WORDS4, ULONG_PTR e
#define WORDS6 WORDS5, ULONG_PTR f
#define WORDS7 WORDS6, ULONG_PTR g
#define WORDS9 WORDS7, ULONG_PTR h, ULONG_PTR i
#define FAILS(name, words, error, failed)    \
  ULONG_PTR WINAPI name(WORDS##words) {      \
    return refuse(error, (ULONG_PTR)failed); \
  }
#define NO_SOCKET(name, words) FAILS(name, words, WSAENOTSOCK, SOCKET_ERROR)

FAILS(socket, 3, WSAEAFNOSUPPORT, INVALID_SOCKET)
FAILS(WSASocketA, 6, WSAEAFNOSUPPORT, INVALID_SOCKET)
FAILS(WSASocketW, 6, WSAEAFNOSUPPORT, INVALID_SOCKET)
FAILS(accept, 3, WSAENOTSOCK, INVALID_SOCKET)
NO_SOCKET(bind, 3)
NO_SOCKET(closesocket, 1)
NO_SOCKET(connect, 3)
NO_SOCKET(getpeername, 3)
NO_SOCKET(getsockname, 3)
NO_SOCKET(getsockopt, 5)
NO_SOCKET(ioctlsocket, 3)
NO_SOCKET(listen, 2)
NO_SOCKET(recv, 4)
NO_SOCKET(recvfrom, 6)
NO_SOCKET(select, 5)
NO_SOCKET(send, 4)
NO_SOCKET(sendto, 6)
NO_SOCKET(setsockopt, 5)
NO_SOCKET(shutdown, 2)
NO_SOCKET(WSAIoctl, 9)
NO_SOCKET(WSARecv, 7)
NO_SOCKET(WSARecvFrom, 9)
NO_SOCKET(WSASend, 7)
NO_SOCKET(WSASendTo, 9)
FAILS(WSAGetOverlappedResult, 5, WSAENOTSOCK, FALSE)
FAILS(gethostbyaddr, 3, WSAHOST_NOT_FOUND, 0)
FAILS(gethostbyname, 1, WSAHOST_NOT_FOUND, 0)
FAILS(getprotobyname, 1, WSANO_DATA, 0)
FAILS(getprotobynumber, 1, WSANO_DATA, 0)
FAILS(getservbyname, 2, WSANO_DATA, 0)
FAILS(getservbyport, 2, WSANO_DATA, 0)

/* None, which need no room. */
int WINAPI WSAEnumProtocolsW(const int* protocols, PVOID buffer, DWORD* bytes) {
  if (!started || !bytes) {
    return (int)refuse(WSAEFAULT, (ULONG_PTR)SOCKET_ERROR);
  }
  return 0;
}

int WINAPI gethostname(char* name, int room) {
  static const char host[] = "sehlab";
  if (!started || !name || room < (int)sizeof host) {
    return (int)refuse(WSAEFAULT, (ULONG_PTR)SOCKET_ERROR);
  }
  put_text(name, host);
  return 0;
}

int WINAPI GetAddrInfoW(const WCHAR* node, const WCHAR* service, PVOID hints, PVOID* result) {
  return started ? WSAHOST_NOT_FOUND : WSANOTINITIALISED;
}
/* There is no list that GetAddrInfoW has given. */
VOID WINAPI FreeAddrInfoW(PVOID list) {}

ULONG WINAPI htonl(ULONG host) {
  return __builtin_bswap32(host);
}
ULONG WINAPI htons(ULONG host) {
  return __builtin_bswap16((USHORT)host);
}

/* One part of an address: decimal, octal after 0, hexadecimal after 0x. */
static BOOL parse_part(const char** text, ULONG* part) {
  const char* at = *text;
  ULONG base = 10, digits = 0;
  uint64_t value = 0;
  if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) {
    base = 16;
    at += 2;
  } else if (at[0] == '0') {
    base = 8;
  }
  for (;; ++at, ++digits) {
    char c = *at;
    ULONG digit = c >= '0' && c <= '9'   ? (ULONG)(c - '0')
                  : c >= 'a' && c <= 'f' ? (ULONG)(c - 'a' + 10)
                  : c >= 'A' && c <= 'F' ? (ULONG)(c - 'A' + 10)
                                         : 99;
    if (digit >= base) break;
    value = value * base + digit;
    if (value > 0xffffffff) return FALSE;
  }
  *text = at;
  *part = (ULONG)value;
  return digits != 0;
}

/* One to four parts, the last of which fills the bytes that are left. */
ULONG WINAPI inet_addr(const char* text) {
  ULONG parts[4], count = 0, address = 0;
  for (;;) {
    if (!parse_part(&text, &parts[count++])) return INADDR_NONE;
    if (*text != '.' || count == 4) break;
    ++text;
  }
  if (*text && *text != ' ') return INADDR_NONE;
  for (ULONG i = 0; i + 1 < count; ++i) {
    if (parts[i] > 0xff) return INADDR_NONE;
    address |= parts[i] << (24 - 8 * i);
  }
  if (count > 1 && parts[count - 1] >> (8 * (5 - count))) return INADDR_NONE;
  return htonl(address | parts[count - 1]);
}
