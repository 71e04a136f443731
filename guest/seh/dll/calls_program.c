/* The EXE of a program that is in a DLL (cmake/GuestEhPrograms.cmake): the DLL exports its main. */
__declspec(dllimport) int __cdecl program(void);

int main(void) {
  return program();
}
