/* Owns ProcessPrng for Wine 8, which has no bcryptprimitives.dll: Rust's std takes its random seeds from there, and
   without it every Rust program ends at once without a word. It must not be shipped. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* RtlGenRandom */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    const ULONG largest = 0x10000000;
    while (length > 0) {
        ULONG part = length > largest ? largest : (ULONG)length;
        if (!SystemFunction036(buffer, part)) {
            return FALSE;
        }
        buffer += part;
        length -= part;
    }
    return TRUE;
}
