/** The only place that writes to standard output: what a person at the terminal reads. Logs go to standard error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
