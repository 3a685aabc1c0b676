/** The text of `--help`. */
export const help = `telamon-proxy: connects a program that speaks MCP on stdio with a remote MCP server

  telamon-proxy URL [PORT]        run; PORT fixes the port that the browser comes back to
  telamon-proxy login URL [PORT]  sign in now, and not at the first use
  telamon-proxy logout URL        give the sign-in back and forget it
  telamon-proxy status [URL]      show what is stored, without secrets

  --header NAME:VALUE   a header of every request (repeatable); \${VARIABLE} in the value is taken from the
                        environment; with Authorization nobody is asked to sign in
  --allow-http          plain http also to other machines than this one
  --host NAME           the name in the redirect address: 127.0.0.1 (default) or localhost
  --storage plain|memory
                        keep sign-ins in files that only you can read (default), or not at all
  --key-file FILE       encrypt those files with a key from this file (32 bytes or more)
  --key-command COMMAND encrypt them with the output of this command; it is split at spaces, no shell sees it
  --timeout SECONDS     give a request up after so long without a byte; 0 is never (default 300)
  --auth-timeout SECONDS
                        answer requests with the sign-in address after so long (default 30)
  --debug               say on standard error what happens; never tokens or what messages hold
  --help, --version

Options may stand anywhere, with a space or a = before their value. The program that BROWSER names opens addresses, if it is set.
`
