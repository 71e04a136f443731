# void __fastcall __security_check_cookie(cookie): keeps every register, since it is called where a
# function's result is in EAX already.

        .globl  @feat.00
        .set    @feat.00, 1

        .text
        .globl  @__security_check_cookie@4
        .def    @__security_check_cookie@4; .scl 2; .type 32; .endef
@__security_check_cookie@4:
        cmpl    ___security_cookie, %ecx
        jne     Lfailure
        ret
Lfailure:
        pushl   %ecx
        calll   ___report_gsfailure
