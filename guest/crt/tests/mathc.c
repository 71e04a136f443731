#include <math.h>
#include <stdio.h>
static unsigned long long s = 88172645463325252ULL;
static double rnd(double lo,double hi){ s^=s<<13; s^=s>>7; s^=s<<17; return lo+(hi-lo)*(double)(s>>11)/9007199254740992.0; }
#define P(n,v) printf("%s %.17g\n",n,(double)(v))
int main(void){ for(int i=0;i<60;i++){ double x=rnd(-20,20),y=rnd(-3,3),p=rnd(0.001,50),u=rnd(-1,1);
 P("sin",sin(x));P("cos",cos(x));P("tan",tan(x));P("sinbig",sin(x*1e6));P("asin",asin(u));P("acos",acos(u));P("atan",atan(x));P("atan2",atan2(x,y));
 P("exp",exp(x));P("log",log(p));P("log10",log10(p));P("pow",pow(p,y));P("pow2",pow(p,x*8));P("sinh",sinh(y));P("cosh",cosh(y));P("tanh",tanh(y));
 P("fmod",fmod(x*1000,y));P("cbrt",cbrt(x));P("log2",log2(p));P("expm1",expm1(u));P("log1p",log1p(u));P("asinh",asinh(x));P("acosh",acosh(1+p));P("atanh",atanh(u));P("hypot",hypot(x,y));P("floor",floor(x));P("ceil",ceil(x));P("round",round(x));P("rint",rint(x));}
 P("pow10",pow(10,2));P("pow10",pow(10,-3));P("pow",pow(-2,3));P("pow",pow(2,0.5));P("pow",pow(10,300));P("exp",exp(1));P("exp",exp(710));P("ldexp",ldexp(1.5,-1074));
 return 0;}
