/* A DLL with every kind of export: stdcall by name and ordinal, by ordinal only, an alias, data,
 * and (from the link's command line) two forwarders. */

int Datum = 0x600d;
static int counter;

int __stdcall Plain(int value) {
  return value + ++counter;
}

int NamelessTarget(void) {
  return Datum;
}

int Zulu(void) {
  return Plain(1);
}

int __stdcall DllMain(void* module, unsigned long reason, void* reserved) {
  return 1;
}
