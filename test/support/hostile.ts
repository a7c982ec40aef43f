/** What a malicious endpoint might send to break out of a report. */
export const HOSTILE = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  ']]><failure/>',
  '\u001B[31mred\u001B[0m\u0007',
  '\u202Eevil\u2066',
  'half \uD83C.',
  'a|b\n::error::owned\r\n##[error]owned',
  '%0A::set-output name=x::y',
  '# heading [link](javascript:alert(1)) ![](http://evil.example) `code` ``` @all www.evil.example',
  '\n...\nnot ok 99 - forged # TODO\nBail out!',
  "' onload='x",
  '\uFFFE\uFFFF\0',
].join(' ')
