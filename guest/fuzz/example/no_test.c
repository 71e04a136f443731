/* A DLL with nothing to fuzz. */
int nothing_of_that_name;
